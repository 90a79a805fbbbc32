import { textsNow, type Texts } from '../texts/index.ts';

interface JobWords {
  /** While it goes on. */
  readonly doing: string;
  /** When it is over. */
  readonly done: string;
  readonly failed: string;
}

type Named = keyof Texts['jobs']['doing'];

/** What a job is called where all of them are shown together. */
export function jobWords(kind: string): JobWords {
  const texts = textsNow();
  const isNamed = (each: string): each is Named => Object.hasOwn(texts.jobs.doing, each);
  const named = isNamed(kind) ? kind : 'other';
  return { doing: texts.jobs.doing[named], done: texts.jobs.done[named], failed: texts.jobs.failed[named] };
}
