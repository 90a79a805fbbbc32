export const importance = {
  label: 'Importance',
  trifle: 'Trifle',
  minor: 'Minor',
  ordinary: 'Ordinary',
  important: 'Important',
  essential: 'Essential',
};
