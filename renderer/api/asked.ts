import { useEffect, useRef, useState } from 'react';
import { reasonOf } from './failure-words.ts';

export interface Asked<T> {
  /** The latest there is, also while it is asked anew. */
  readonly answer: T | undefined;
  readonly failure: string | undefined;
}

const nothing = { answer: undefined, failure: undefined };

/**
 * What main answers to a question. `about` says what it depends on, as a text: with another it is asked anew, after
 * a rest for those who are still writing. Undefined: not now.
 */
export function useAsked<T>(about: string | undefined, ask: () => Promise<T>, restMs = 0): Asked<T> {
  const [asked, setAsked] = useState<Asked<T>>(nothing);
  const latest = useRef(ask);
  const seen = useRef(about);
  useEffect(() => {
    latest.current = ask;
  });

  useEffect(() => {
    seen.current = about;
    if (about === undefined) return undefined;
    const isCurrent = () => seen.current === about;
    const timer = setTimeout(() => {
      latest.current().then(
        (answer) => isCurrent() && setAsked({ answer, failure: undefined }),
        (error: unknown) => isCurrent() && setAsked({ answer: undefined, failure: reasonOf(error) }),
      );
    }, restMs);
    return () => {
      clearTimeout(timer);
      // Whatever is still under way is about something else by now.
      if (isCurrent()) seen.current = undefined;
    };
  }, [about, restMs]);

  return asked;
}
