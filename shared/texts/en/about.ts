export const about = {
  words:
    'Loci keeps what you want to remember, on this computer, and finds it by what it means. It is free software under the MIT licence.',
  openLicences: 'Licences…',
  copyDiagnostics: 'Copy diagnostics',
  licences: 'Licences',
  licenceTexts: 'Texts of the licences',
  readingLicences: 'Reading them…',
};
