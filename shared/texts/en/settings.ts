export const settings = {
  appearance: {
    language: 'Language',
    languageOfSystem: 'System',
    theme: 'Theme',
    themeOfSystem: 'System',
    light: 'Light',
    dark: 'Dark',
    lists: 'Lists',
    comfortable: 'Comfortable',
    compact: 'Compact',
    size: 'Size',
    smaller: 'Smaller',
    larger: 'Larger',
    usualSize: 'Usual size',
    sizeHint: 'Of text and everything around it, in every window.',
  },
};
