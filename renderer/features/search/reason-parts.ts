import type { Texts } from '../../../shared/texts/index.ts';
import type { SearchHit } from '../../../shared/schemas/search.ts';
import { formatFigure } from '../../text/figures.ts';

export type ReasonPart = 'meaning' | 'words' | 'importance' | 'recency';

export const namesOfParts = (texts: Texts): Readonly<Record<ReasonPart, string>> => ({
  meaning: texts.search.reason.meaning,
  words: texts.search.reason.words,
  importance: texts.search.reason.importance,
  recency: texts.search.reason.recency,
});

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
export function reasonInWords(hit: SearchHit, sentence: string | undefined, texts: Texts): string {
  const { meaning, matchedWords, contributions, memory } = hit;
  const clauses: string[] = [];
  if (meaning && contributions.meaning > 0) {
    const closeness = formatFigure(meaning.cosine);
    clauses.push(
      sentence === undefined
        ? texts.search.reason.close(closeness)
        : texts.search.reason.closeTo(closeness, sentence.replace(/[.\s]+$/, '')),
    );
  }
  if (matchedWords.length > 0) clauses.push(texts.search.reason.contains(matchedWords));
  if (contributions.importance > 0 && memory.importance >= 0.7) clauses.push(texts.search.reason.important);
  if (memory.pinned && contributions.pinned > 0) clauses.push(texts.search.reason.pinned);
  return clauses.length === 0 ? texts.search.reason.passes : texts.search.reason.said(clauses);
}
