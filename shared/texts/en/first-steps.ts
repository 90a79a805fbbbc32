import { count } from './quantities.ts';

export const firstSteps = {
  lookAround: 'Or look around first, in sixty memories that are nobody’s:',
  openingSample: 'Opening the sample…',
  openSample: 'Open a sample library',
  takeTour: 'Take the tour',
  note: 'The sample is a library of its own. It is removed in one click, and nothing of it is ever among yours.',
  hint: 'Hint',
  hintRead: 'I have read this hint',
  sampleGone: 'The sample library is gone. This is your own.',
  sample: 'Sample library',
  sampleText: 'This is a sample. Nothing of it is in your own library.',
  removeSample: 'Remove the sample',
  leaveTour: 'Leave the tour',
  step: (step: number, steps: number) => `${count(step)} of ${count(steps)}`,
  back: 'Back',
  next: 'Next',
  done: 'Done',
  steps: {
    meaning: {
      title: 'Say what you mean',
      text: 'Type a question or a few words. Loci finds what is about it, also when it says so in other words.',
      inSample:
        'This asks what helps when the head hurts. None of these words is in the answer: Loci found it by what it means.',
    },
    why: {
      title: 'Why it was found',
      text: 'The bar at the edge of a hit shows what speaks for it. Rest on it, or press Space, to read it in words.',
    },
    narrow: {
      title: 'Narrow it down',
      text: 'Tags, times and importance are words of a search too: tag:garden after:"last month". The filters below the field can be taken away one by one.',
      inSample:
        'This is all about the garden, of the last months. The filters below the field can be taken away one by one.',
    },
    write: {
      title: 'Write it down at once',
      text: 'A new memory is one key away, here and in every other program. It needs no folder and no title.',
    },
    rest: {
      title: 'Everything else',
      text: 'All that can be done is in one list, with its shortcut. Help is in the app too, and nothing you write ever leaves this computer.',
    },
  },
};
