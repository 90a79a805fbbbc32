import type { SpecializationQuery } from '../../shared/query/specialization/specialization-query.ts';
import { editDistance } from '../search/edit-distance.ts';

/** A word of the query, and what it was taken for. */
export interface Correction {
  readonly from: string;
  readonly to: string;
}

const mostCorrected = 6;

/** A short word with two other letters is another word. */
export function mostMistakes(word: string): number {
  const length = Array.from(word).length;
  if (length < 4 || length > 40 || !/\p{L}/u.test(word)) return 0;
  return length < 6 ? 1 : 2;
}

/** Of words that are not known, the nearest that are, those that are said most often first. */
export function closestWords(
  typed: readonly string[],
  known: readonly { readonly word: string; readonly times: number }[],
): Correction[] {
  const words = new Set(known.map(({ word }) => word));
  return [...new Set(typed)].slice(0, mostCorrected).flatMap((from): Correction[] => {
    const small = from.toLowerCase();
    // It is there, in a way that only its stem does not tell; or as the beginning of another.
    if (words.has(small) || known.some(({ word }) => word.startsWith(small))) return [];
    const most = mostMistakes(small);
    let best: { readonly word: string; readonly slips: number; readonly times: number } | undefined;
    for (const { word, times } of known) {
      if (Math.abs(word.length - small.length) > most) continue;
      const slips = editDistance(small, word);
      if (slips > most) continue;
      if (!best || slips < best.slips || (slips === best.slips && times > best.times))
        best = { word, slips, times };
    }
    return best ? [{ from, to: best.word }] : [];
  });
}

/** The same query as it was meant. */
export function withCorrections(
  words: Pick<SpecializationQuery, 'text' | 'withoutText'>,
  corrections: readonly Correction[],
): Pick<SpecializationQuery, 'text' | 'withoutText'> {
  const meant = new Map(corrections.map(({ from, to }) => [from, to]));
  return {
    ...words,
    text: words.text.map((group) =>
      group.map((term) =>
        term.kind === 'word' && meant.has(term.text)
          ? { ...term, text: meant.get(term.text) ?? term.text, prefix: false }
          : term,
      ),
    ),
  };
}
