/** Search by meaning, wherever it is told how it is. */
export const meaning = {
  unavailable: {
    missing: 'Search by meaning is off: its files are missing',
    damaged: 'Search by meaning is off: its files are damaged',
    crashed: 'Search by meaning stopped working',
  },
};
