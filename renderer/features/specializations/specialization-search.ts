import type { Texts } from '../../../shared/texts/index.ts';
import { useEffect, useState } from 'react';
import { askerOf } from '../../api/asker.ts';
import { reasonOf } from '../../api/failure-words.ts';
import { LociFailure } from '../../api/client.ts';
import { listen, loci } from '../../api/loci.ts';

type Found = Awaited<ReturnType<typeof loci.specializations.search>>;
export type SpecializationHit = Found['hits'][number];

export interface SpecializationSearch {
  /** What was found last, also while the next is looked for. */
  readonly found: Found | undefined;
  readonly failure: string | undefined;
}

const most = 1000;
/** Of the window: the next search gives up the one before. */
const asker = askerOf('specializations');

/** What is found for a text, by meaning, words and fields; found anew when specializations change. */
export function useSpecializationSearch(text: string | undefined): SpecializationSearch {
  const [state, setState] = useState<SpecializationSearch & { readonly text?: string }>(none);

  useEffect(() => {
    if (text === undefined) return undefined;
    let isGone = false;
    const look = () => {
      loci.specializations.search({ text, limit: most, asker }).then(
        (found) => isGone || setState({ text, found, failure: undefined }),
        (error: unknown) => {
          if (isGone || (error instanceof LociFailure && error.code === 'cancelled')) return;
          setState({ text, found: undefined, failure: reasonOf(error) });
        },
      );
    };
    look();
    const stop = listen('library:changed', ({ changes }) => {
      if (changes.some(({ entity }) => entity === 'specialization')) look();
    });
    return () => {
      isGone = true;
      stop();
    };
  }, [text]);

  return text === undefined ? none : state;
}

const none: SpecializationSearch = { found: undefined, failure: undefined };

/** Why it was found, in a few words. */
export function whyFound(hit: SpecializationHit | undefined, texts: Texts): string | undefined {
  if (!hit) return undefined;
  const { matchedWords, meaning, isRelevant } = hit;
  const words = matchedWords.length > 0 ? texts.specializations.list.contains(matchedWords.slice(0, 3)) : '';
  const near =
    meaning === null
      ? ''
      : meaning.by === 'memories'
        ? texts.specializations.list.closeMemories
        : texts.specializations.list.close;
  const why = [near, words].filter((part) => part !== '').join(' · ');
  if (why === '') return undefined;
  // Its place says the rest: below all that are about it.
  return isRelevant ? capital(why) : texts.specializations.list.further;
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
