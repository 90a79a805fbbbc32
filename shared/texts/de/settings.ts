import type { settings as english } from '../en/settings.ts';
import type { TextsOf } from '../texts-of.ts';

export const settings: TextsOf<typeof english> = {
  appearance: {
    language: 'Sprache',
    languageOfSystem: 'System',
    theme: 'Erscheinungsbild',
    themeOfSystem: 'System',
    light: 'Hell',
    dark: 'Dunkel',
    lists: 'Listen',
    comfortable: 'Luftig',
    compact: 'Kompakt',
    size: 'Größe',
    smaller: 'Kleiner',
    larger: 'Größer',
    usualSize: 'Normale Größe',
    sizeHint: 'Gilt für Text und alles darum herum, in jedem Fenster.',
  },
};
