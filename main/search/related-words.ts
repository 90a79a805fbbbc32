import type { SoughtWords } from './keyword-terms.ts';
import { tokensOf } from '../../shared/query/words.ts';

/** As many as a query is read up to, with room for pairs of characters. */
const mostWords = 40;
/** Who says a word more often than that says nothing new by it. */
const mostTimes = 3;
const titleWeight = 3;
const least = 3;

export interface TitledText {
  readonly title: string | null;
  readonly content: string;
}

/**
 * The words a text is likely to be about, as a query for what is like it. How rare each is in the library, the search
 * by words knows; which are worth asking about, how often they are said and how long they are tells well enough.
 */
export function tellingWords({ title, content }: TitledText): SoughtWords {
  const times = new Map<string, number>();
  const count = (text: string, weight: number) => {
    for (const { text: token, unspaced } of tokensOf(text)) {
      const word = token.toLowerCase();
      if (unspaced || word.length >= least) times.set(word, (times.get(word) ?? 0) + weight);
    }
  };
  count(title ?? '', titleWeight);
  count(content, 1);
  const worth = ([word, number]: readonly [string, number]) =>
    Math.min(number, mostTimes) * Math.log(1 + Math.min(word.length, 12));
  const words = [...times].toSorted((a, b) => worth(b) - worth(a)).slice(0, mostWords);
  return { text: words.map(([text]) => [{ kind: 'word', text, prefix: false }]), withoutText: [] };
}

/** Which share of all words of both texts both have. */
export function sharedWords(a: TitledText, b: TitledText): number {
  const wordsOf = ({ title, content }: TitledText) =>
    new Set(Array.from(tokensOf(`${title ?? ''} ${content}`), ({ text }) => text.toLowerCase()));
  const [some, others] = [wordsOf(a), wordsOf(b)];
  const both = [...some].filter((word) => others.has(word)).length;
  return some.size + others.size > 0 ? both / (some.size + others.size - both) : 1;
}
