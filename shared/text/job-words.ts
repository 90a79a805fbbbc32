interface JobWords {
  /** While it goes on. */
  readonly doing: string;
  /** When it is over. */
  readonly done: string;
  readonly failed: string;
}

const words: Readonly<Record<string, JobWords>> = {
  'audit.verify': {
    doing: 'Checking the history of changes',
    done: 'The history of changes is checked',
    failed: 'The history of changes could not be checked',
  },
  'duplicates.find': {
    doing: 'Comparing memories with each other',
    done: 'The memories are compared',
    failed: 'The memories could not be compared',
  },
  'library.check': {
    doing: 'Checking the library',
    done: 'The library is checked',
    failed: 'The library could not be checked',
  },
  'library.rebuild': {
    doing: 'Making the indexes anew',
    done: 'The indexes are made anew',
    failed: 'The indexes could not be made anew',
  },
  'models.build': {
    doing: 'Preparing another model',
    done: 'The other model is prepared',
    failed: 'The other model could not be prepared',
  },
  'specializations.hash': {
    doing: 'Reading an adapter through',
    done: 'The adapter is read through',
    failed: 'The adapter could not be read through',
  },
  'specializations.copy': {
    doing: 'Copying an adapter',
    done: 'The adapter is copied',
    failed: 'The adapter could not be copied',
  },
  'specializations.checkWeights': {
    doing: 'Checking the weights of an adapter',
    done: 'The weights of the adapter are checked',
    failed: 'The weights of the adapter could not be checked',
  },
  'specializations.exportTraining': {
    doing: 'Writing a training set',
    done: 'The training set is written',
    failed: 'The training set could not be written',
  },
  'specializations.scan': {
    doing: 'Looking for adapters in a folder',
    done: 'The folder is looked through for adapters',
    failed: 'The folder could not be looked through',
  },
};

const others: JobWords = { doing: 'Working', done: 'It is done', failed: 'Something could not be done' };

/** What a job is called where all of them are shown together. */
export const jobWords = (kind: string): JobWords => words[kind] ?? others;
