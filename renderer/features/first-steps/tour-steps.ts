import type { CommandId } from '../../../shared/commands/commands.ts';
import type { Place } from '../../navigation/place.ts';
import type { Texts } from '../../../shared/texts/index.ts';

export interface TourStep {
  readonly name: keyof Texts['firstSteps']['steps'];
  readonly words: (texts: Texts, isSample: boolean) => string;
  /** Where in the sample library there is something to see of it. */
  readonly inSample?: Place;
  /** What it is about, if it is on the screen. */
  readonly about: string;
  readonly keys?: CommandId;
}

const memories = { kind: 'memories' } as const;

/** What is worth knowing in the first two minutes. */
export const tourSteps: readonly TourStep[] = [
  {
    name: 'meaning',
    words: (texts, isSample) =>
      isSample ? texts.firstSteps.steps.meaning.inSample : texts.firstSteps.steps.meaning.text,
    inSample: { view: memories, q: 'what to do when my head hurts' },
    about: '.search-field',
    keys: 'search.go',
  },
  { name: 'why', words: (texts) => texts.firstSteps.steps.why.text, about: '.memory-list' },
  {
    name: 'narrow',
    words: (texts, isSample) =>
      isSample ? texts.firstSteps.steps.narrow.inSample : texts.firstSteps.steps.narrow.text,
    inSample: { view: memories, q: 'tag:garden water' },
    about: '.search',
  },
  {
    name: 'write',
    words: (texts) => texts.firstSteps.steps.write.text,
    about: '[data-tour="new-memory"]',
    keys: 'memory.new',
  },
  {
    name: 'rest',
    words: (texts) => texts.firstSteps.steps.rest.text,
    about: '.sidebar__foot',
    keys: 'app.commands',
  },
];
