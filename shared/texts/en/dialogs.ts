/** Of the system, not of the page. */
export const dialogs = {
  openMail: 'Open this address in your mail program?',
  openLink: (host: string) => `Open ${host} in your browser?`,
  open: 'Open',
  stay: 'Stay here',
  dontAskMail: 'Don’t ask again for e-mail',
  dontAsk: (host: string) => `Don’t ask again for ${host}`,
  chooseAdapter: 'Choose an adapter',
  chooseAdapterFolder: 'Choose the folder of an adapter',
  chooseFolderToScan: 'Choose a folder with adapters in it',
  chooseModel: 'Choose the folder of a model',
  chooseLibrary: 'Choose the folder to move the library to',
  useFile: 'Use this file',
  useFolder: 'Use this folder',
  lookThrough: 'Look through this folder',
  moveHere: 'Move it here',
  /** A folder of this name is made. */
  libraryFolder: 'Loci library',
  adapters: 'Adapters',
  allFiles: 'All files',
  crashed: 'Loci had to close',
  crashedText:
    'Something unexpected happened. Your library is safe: everything saved so far is on the disk. Start Loci again; if this comes back, the log file says what happened.',
};
