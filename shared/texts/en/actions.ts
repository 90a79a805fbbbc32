/** Words that stand on controls everywhere. */
export const actions = {
  close: 'Close',
  cancel: 'Cancel',
  save: 'Save',
  undo: 'Undo',
  tryAgain: 'Try again',
  copied: 'Copied',
  notCopied: 'Could not copy',
  notKnownYet: 'Not known yet',
  progress: 'Done',
  showLogs: 'Show log files',
  showLibraryFolder: 'Show library folder',
  copyLocation: 'Copy location',
  allRight: 'All right',
  reset: 'Reset',
};
