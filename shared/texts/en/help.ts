export const help = {
  title: 'Help',
  finding: 'Finding things',
  findingText:
    'Say what you look for in your own words. Loci finds it by what it means and by its words, and says of each hit why it is there. Any of these can be pressed to see what it does:',
  examples: 'Examples of searches',
  /** Queries stay as they are typed; those of words are in the language of the memories. */
  queries: {
    about: { query: 'how to keep roses healthy', meaning: 'Memories about it, whatever their words' },
    phrase: { query: '"drip line"', meaning: 'These words, next to each other' },
    without: { query: 'garden -roses', meaning: 'Without this word' },
    beginning: { query: 'gard*', meaning: 'Words that begin so' },
    together: {
      query: 'tag:garden after:"last year" importance:>0.5',
      meaning: 'Filters together',
    },
  },
  filters: 'Filters',
  filtersText: 'Put a minus before one to leave out what it finds.',
  keyboard: 'By keyboard',
  keys: {
    'search.go': 'Search',
    'memory.new': 'Write down something new',
    'app.commands': 'Everything that can be done, by name',
    'help.shortcuts': 'All shortcuts',
    'edit.undo': 'Take back what was done last',
    'go.nextPane': 'From the sidebar to the list to the memory',
  },
  noKeys: 'no keys',
  allShortcuts: 'All shortcuts',
  allCommands: 'All commands',
  where: 'Where your memories are',
  whereText:
    'On this computer and nowhere else, in a database in this folder. Loci never goes online. To keep a copy, close Loci and copy the whole folder.',
  trouble: 'When something goes wrong',
  cases: {
    deleted: {
      what: 'Something was deleted by mistake',
      answer: 'Undo brings it back at once. Later it is in the trash, for as long as the settings say.',
    },
    changed: {
      what: 'A text was changed and should be as before',
      answer: 'Open the memory and its history: every earlier text is there and can be brought back.',
    },
    stopped: {
      what: 'Loci, or the computer, stopped while you were writing',
      answer: 'What you typed was kept up to half a second before. It is there when Loci starts again.',
    },
    wordsOnly: {
      what: 'A search finds by words only',
      answer:
        'The model that knows meanings is still loading, or cannot be used. Status says which, and what to do.',
    },
    diskFull: {
      what: 'The disk is full',
      answer:
        'What is saved stays safe. Make room, or empty the trash: Loci goes on by itself as soon as there is some.',
    },
    notOpening: {
      what: 'The library does not open',
      answer:
        'The screen says what is in the way. Try again there; the log files say more. Do not delete the library folder: it holds your memories.',
    },
  },
  diagnosticsText:
    'Diagnostics hold versions, sizes and counts. They hold nothing that you wrote, and nothing is sent: they are copied, and you decide who sees them.',
  diagnosticsCopied: 'Copied the diagnostics. They hold nothing that you wrote.',
  diagnosticsNotCopied: (reason: string) => `The diagnostics could not be copied. ${reason}`,
};
