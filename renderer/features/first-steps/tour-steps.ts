import type { CommandId } from '../../../shared/commands/commands.ts';
import type { Place } from '../../navigation/place.ts';

export interface TourStep {
  readonly title: string;
  readonly text: string;
  /** The same in the sample library, where there is something to see. */
  readonly inSample?: { readonly text: string; readonly place: Place };
  /** What it is about, if it is on the screen. */
  readonly about: string;
  readonly keys?: CommandId;
}

const memories = { kind: 'memories' } as const;

/** What is worth knowing in the first two minutes. */
export const tourSteps: readonly TourStep[] = [
  {
    title: 'Say what you mean',
    text: 'Type a question or a few words. Loci finds what is about it, also when it says so in other words.',
    inSample: {
      text: 'This asks what helps when the head hurts. None of these words is in the answer: Loci found it by what it means.',
      place: { view: memories, q: 'what to do when my head hurts' },
    },
    about: '.search-field',
    keys: 'search.go',
  },
  {
    title: 'Why it was found',
    text: 'The bar at the edge of a hit shows what speaks for it. Rest on it, or press Space, to read it in words.',
    about: '.memory-list',
  },
  {
    title: 'Narrow it down',
    text: 'Tags, times and importance are words of a search too: tag:garden after:"last month". The filters below the field can be taken away one by one.',
    inSample: {
      text: 'This is all about the garden, of the last months. The filters below the field can be taken away one by one.',
      place: { view: memories, q: 'tag:garden water' },
    },
    about: '.search',
  },
  {
    title: 'Write it down at once',
    text: 'A new memory is one key away, here and in every other program. It needs no folder and no title.',
    about: '[aria-label="New memory"]',
    keys: 'memory.new',
  },
  {
    title: 'Everything else',
    text: 'All that can be done is in one list, with its shortcut. Help is in the app too, and nothing you write ever leaves this computer.',
    about: '.sidebar__foot',
    keys: 'app.commands',
  },
];
