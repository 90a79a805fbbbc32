import type { about as english } from '../en/about.ts';
import type { TextsOf } from '../texts-of.ts';

export const about: TextsOf<typeof english> = {
  words:
    'Loci bewahrt auf diesem Computer, woran du dich erinnern möchtest, und findet es nach seiner Bedeutung. Es ist freie Software unter der MIT-Lizenz.',
  openLicences: 'Lizenzen…',
  copyDiagnostics: 'Diagnose kopieren',
  licences: 'Lizenzen',
  licenceTexts: 'Texte der Lizenzen',
  readingLicences: 'Sie werden gelesen…',
};
