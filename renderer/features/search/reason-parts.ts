import type { SearchHit } from '../../../shared/schemas/search.ts';

export type ReasonPart = 'meaning' | 'words' | 'importance' | 'recency';

export const namesOfParts: Readonly<Record<ReasonPart, string>> = {
  meaning: 'Meaning',
  words: 'Words',
  importance: 'Importance and pins',
  recency: 'Recency',
};

/** What the place of a hit is made of, in the order it is always drawn in. */
export function reasonParts({ contributions }: Pick<SearchHit, 'contributions'>) {
  const { meaning, words, importance, recency, pinned } = contributions;
  const parts: readonly { part: ReasonPart; amount: number }[] = [
    { part: 'meaning', amount: Math.max(0, meaning) },
    { part: 'words', amount: Math.max(0, words) },
    { part: 'importance', amount: Math.max(0, importance + pinned) },
    { part: 'recency', amount: Math.max(0, recency) },
  ];
  return parts;
}

/** "Close in meaning (0.62) to “…”; contains drip, garden; you marked it important." */
export function reasonInWords(hit: SearchHit, sentence: string | undefined): string {
  const { meaning, matchedWords, contributions, memory } = hit;
  const clauses: string[] = [];
  if (meaning && contributions.meaning > 0) {
    const near = `close in meaning (${meaning.cosine.toFixed(2)})`;
    clauses.push(sentence === undefined ? near : `${near} to “${sentence.replace(/[.\s]+$/, '')}”`);
  }
  if (matchedWords.length > 0) clauses.push(`contains ${matchedWords.join(', ')}`);
  if (contributions.importance > 0 && memory.importance >= 0.7) clauses.push('you marked it important');
  if (memory.pinned && contributions.pinned > 0) clauses.push('it is pinned');
  const text = clauses.join('; ');
  return text === '' ? 'It passes all the filters.' : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
