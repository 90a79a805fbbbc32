import type { KeywordStatistics, Lexeme } from './keyword-statistics.ts';
import type { KeywordTerms } from './keyword-terms.ts';

/** What one word of the query can be in the index: its stems by language, and its completions. */
export interface ScoredWord {
  readonly word: string;
  /** Where it stands among the tokens. */
  readonly places: readonly number[];
  readonly ids: readonly number[];
  readonly lexemes: readonly string[];
  readonly documents: number;
  /** How much it says: the rarer, the more. */
  readonly idf: number;
  /** Those of its ids that it only begins, if it is a word of its own. */
  readonly completions?: ReadonlySet<number>;
}

export interface KeywordPlan {
  readonly scored: readonly ScoredWord[];
  /** What a memory could reach that has every word, known or not, as often as one likes. */
  readonly maxPossibleScore: number;
  /** Words that stand in no memory, by their place among the tokens. */
  readonly unknown: readonly number[];
  readonly excludedIds: readonly number[];
}

/** Of what the word itself counts, where a prefix is a word of its own: "car" is more likely a car than a carpet. */
const completionShare = 0.3;
/** What a weight comes close to at most: k1 + 1. */
export const greatestWeight = 2.2;

export function planKeywords(terms: KeywordTerms, statistics: KeywordStatistics): KeywordPlan {
  const { tokens, scored: places } = terms;
  const meaningful = places.filter((place) => statistics.tokens[place]?.small === false);
  // "To be or not to be" has nothing else.
  const chosen = meaningful.length > 0 ? meaningful : places;

  const words = new Map<string, ScoredWord>();
  const unknown: number[] = [];
  let unknownCount = 0;
  for (const place of chosen) {
    const lexemes = lexemesOf(statistics, place);
    const documents = Math.min(
      statistics.documents,
      lexemes.reduce((sum, lexeme) => sum + lexeme.documents, 0),
    );
    if (documents === 0) {
      unknown.push(place);
      unknownCount += 1;
      continue;
    }
    const stems = [...(statistics.tokens[place]?.stems.values() ?? [])]
      .flat()
      .filter((stem) => stem.documents > 0);
    const own = new Set(stems.map(({ id }) => id));
    // The word itself, then those it begins, the commonest first: not always are all of them looked at.
    const known = lexemes
      .filter((lexeme) => lexeme.documents > 0)
      .toSorted(
        (a, b) => Number(own.has(b.id)) - Number(own.has(a.id)) || b.documents - a.documents || a.id - b.id,
      );
    const key = known.map(({ id }) => id).join();
    const same = words.get(key);
    if (same) {
      words.set(key, { ...same, places: [...same.places, place] });
      continue;
    }
    words.set(key, {
      ...(own.size > 0
        ? { completions: new Set(known.map(({ id }) => id).filter((id) => !own.has(id))) }
        : {}),
      word: tokens[place]?.word ?? '',
      places: [place],
      ids: known.map(({ id }) => id),
      lexemes: known.map(({ lexeme }) => lexeme),
      documents,
      idf: idfOf(documents, statistics.documents),
    });
  }
  const scored = [...words.values()].toSorted((a, b) => a.documents - b.documents);
  const sumOfIdf =
    scored.reduce((sum, { idf }) => sum + idf, 0) + unknownCount * idfOf(0, statistics.documents);
  return {
    scored,
    maxPossibleScore: greatestWeight * sumOfIdf,
    unknown,
    excludedIds: terms.excludedTokens.flatMap((place) => lexemesOf(statistics, place).map(({ id }) => id)),
  };
}

/** Each once, whatever languages it is a word of. */
export function lexemesOf({ tokens }: KeywordStatistics, place: number): Lexeme[] {
  const token = tokens[place];
  if (!token) return [];
  const all = [...[...token.stems.values()].flat(), ...token.completions];
  return [...new Map(all.map((lexeme) => [lexeme.id, lexeme])).values()];
}

const idfOf = (documents: number, all: number): number =>
  Math.log(1 + (all - documents + 0.5) / (documents + 0.5));

/** A vector that says how much each of these words weighs. */
export function queryVector(words: readonly ScoredWord[]): string {
  const weights = new Map<number, number>();
  for (const { ids, idf, completions } of words)
    for (const id of ids) {
      const weight = completions?.has(id) === true ? idf * completionShare : idf;
      weights.set(id, Math.max(weight, weights.get(id) ?? 0));
    }
  return sparse(weights);
}

export const vectorOf = (ids: readonly number[]): string => sparse(new Map(ids.map((id) => [id, 1])));

function sparse(weights: ReadonlyMap<number, number>): string {
  const entries = [...weights].toSorted(([a], [b]) => a - b).map(([id, weight]) => `${id}:${weight}`);
  return `{${entries.join(',')}}/1000000000`;
}

/** Memories that are scored: with one of `any`, or with one of each of these groups. */
export interface Candidates {
  readonly any: readonly number[];
  readonly all?: readonly (readonly number[])[];
  /** And with one of these, which only the index knows. */
  readonly emphatic?: readonly number[];
  /** Not more than these: a word that stands everywhere says little about where to look. */
  readonly most?: number;
  /** The index would only list nearly all there is. */
  readonly withoutIndex?: boolean;
}

/** A list of candidates to score. */
export interface Attempt {
  readonly candidates: readonly Candidates[];
  /** True: as many as said are found, however many have to be looked at. */
  readonly thorough: boolean;
}

/** Scored in a few milliseconds: where no more have any of the words, the best are found for certain. */
const allOf = 4000;
/** Enough to find the best ten among. */
const enough = 500;
/** Still enough, where the next word would bring far more. */
const atLeast = 200;
const tooMany = 1000;
const mostSingles = 4;
/**
 * The index compares each memory with all words it is asked for at once: more than so many, as the first letters of a
 * word bring, it is asked for one after the other.
 */
export const manyWords = 6;
/** Of all memories: what stands in so many is found sooner by looking than in the index. */
const everywhere = 0.15;

/**
 * Whose score is worth knowing: memories with the rarest words, until there are enough. Where even the rarest is
 * common, those that have some of the next as well, and those that say one of them most. Each is an attempt; the next
 * is for when it did not bring enough.
 */
export function attempts(scored: readonly ScoredWord[], documents: number): Attempt[] {
  const isEverywhere = (word: ScoredWord) => word.documents > documents * everywhere;
  const idsOf = (words: readonly ScoredWord[]) => words.flatMap(({ ids }) => ids);
  if (scored.reduce((sum, word) => sum + word.documents, 0) <= allOf)
    return [
      { candidates: [{ any: idsOf(scored), withoutIndex: scored.some(isEverywhere) }], thorough: true },
    ];

  const rare: ScoredWord[] = [];
  let sum = 0;
  for (const word of scored) {
    if (sum >= enough || sum + word.documents > tooMany) break;
    rare.push(word);
    sum += word.documents;
  }
  const rareOnes: Candidates[] = rare.length > 0 ? [{ any: idsOf(rare) }] : [];
  const [first, ...others] = scored.slice(rare.length);
  if (!first) return [{ candidates: rareOnes, thorough: true }];
  const next = [first, ...others.slice(0, mostSingles - 1)];
  const emphatic = [3, 2, 1].flatMap((level) => listed(next, (id) => heavyId(id, level)));
  const singles: Candidates[] = isEverywhere(first)
    ? [{ any: idsOf([first, ...others]), most: tooMany, withoutIndex: true }]
    : next.flatMap((word) => listed([word]));
  const last: Attempt = { candidates: [...rareOnes, ...emphatic, ...singles], thorough: true };
  if (sum >= atLeast) return [{ candidates: rareOnes, thorough: true }, last];
  if (isEverywhere(first)) return [{ ...last, thorough: false }, last];

  const all: (readonly number[])[] = [];
  let expected = first.documents;
  for (let index = 0; index < others.length && expected > tooMany; index += 2) {
    const pair = others.slice(index, index + 2);
    all.push(idsOf(pair));
    expected *= Math.min(1, pair.reduce((total, word) => total + word.documents, 0) / documents);
  }
  const together: Candidates = { any: first.ids, all, most: tooMany };
  // What has only just been begun is not worth as much looking.
  const emphaticTogether: Candidates[] = next.some(({ ids }) => ids.length > manyWords)
    ? []
    : [{ ...together, emphatic: idsOf(next).map((id) => heavyId(id, 1)) }];
  return [{ candidates: [...rareOnes, ...emphaticTogether, together, ...emphatic], thorough: false }, last];
}

/** Memories with one of these words; what a word begins is apart, so that it takes no room from what was written whole. */
function listed(words: readonly ScoredWord[], as = (id: number): number => id): Candidates[] {
  const whole = words.flatMap((word) => word.ids.filter((id) => !isBegun(word, id)));
  const begun = words.flatMap((word) => word.ids.filter((id) => isBegun(word, id)));
  return [whole, begun].filter((ids) => ids.length > 0).map((ids) => ({ any: ids.map(as), most: tooMany }));
}

/** Few completions are as good as the word. */
const isBegun = ({ ids, completions }: ScoredWord, id: number): boolean =>
  ids.length > manyWords && (completions?.has(id) ?? true);

/** What a word is listed by, once more, where it weighs much (see the function words_in): the higher the level, the more. */
function heavyId(id: number, level: number): number {
  if (level === 1) return -id;
  return level === 2 ? id + 1_000_000_000 : -id - 1_000_000_000;
}
