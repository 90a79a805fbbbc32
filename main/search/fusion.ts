/** A memory that a leg has found, with what is known of it in both. */
export interface Candidate {
  readonly memoryId: string;
  /** Equal for memories that say the very same. */
  readonly contentKey: string;
  /** From 0 to 1. */
  readonly importance: number;
  readonly pinned: boolean;
  readonly occurredAt: Date;
  /** Null: it has none of the words. */
  readonly words: WordScore | null;
  /** Null: it has no vector yet. */
  readonly meaning: MeaningScore | null;
}

export interface WordScore {
  /** BM25, as a share of the most that the query allows. */
  readonly share: number;
  /** Which share of what the query's words say is in the memory at all: a rare word says more. */
  readonly coverage: number;
  /** From 1; null: the leg did not list it among its best. */
  readonly rank: number | null;
}

export interface MeaningScore {
  readonly cosine: number;
  readonly rank: number | null;
}

/** What each part added; together they are the score. */
export interface Contributions {
  readonly words: number;
  readonly meaning: number;
  readonly importance: number;
  readonly recency: number;
  readonly pinned: number;
}

export interface FusedHit {
  readonly candidate: Candidate;
  readonly score: number;
  readonly contributions: Contributions;
  /** How sure it is that this is about the query, whatever else was found. Comparable between queries. */
  readonly closeness: number;
  /** Near enough, or it says what was asked for word for word. */
  readonly isRelevant: boolean;
  /** Others that say the very same, the better ones first. */
  readonly copies: readonly string[];
}

export interface Fusion {
  readonly hits: readonly FusedHit[];
  /** Each for itself, also those that others stand for. */
  readonly scored: readonly FusedHit[];
  /** Which part of the score the words decide. */
  readonly wordWeight: number;
  /** Nothing in the library is about the query: the hits are only what is nearest to it. */
  readonly nothingRelevant: boolean;
  /** The closeness at which something is relevant. */
  readonly floor: number;
}

export interface FusionOptions {
  /** False: there is no vector of the query, only its words. */
  readonly byMeaning: boolean;
  /** How many words the query has that say something. */
  readonly words: number;
  /** Among how many memories was looked: of more, some are near to anything by mere chance. */
  readonly searched: number;
  readonly now: Date;
  readonly tuning?: FusionTuning;
}

export type FusionTuning = Readonly<Record<keyof typeof usualTuning, number>>;

/**
 * Chosen on SciFact, its claims asked in four ways (whole, as a question, by four and by two words), and on a hundred
 * everyday notes that are asked about in other words (`bench/everyday-notes.tsv`). It is above the better leg on
 * SciFact by 3 to 5 points of nDCG@10 and 2 below it on the notes, whose words say nearly nothing; fixed halves and
 * ranks alone lose far more. Judge a change of it on a collection that is not among them.
 */
export const usualTuning = {
  /** BM25 knows how often and in how short a text; coverage alone, that all words came together. */
  shareOfWords: 0.75,
  coverageOfWords: 0.09,
  /** The weight of words against meaning, to begin with. */
  wordWeight: 0.55,
  /** Whoever types two words means these; the more there are, the less each matters. Divided by their number. */
  fewWords: 0.06,
  /** Words count for more when the best hit stands out by them: so it is with names and rare terms. */
  wordsStandOut: 0.6,
  /** And when the best hit has most of what was asked for. */
  wordsFound: 0.05,
  /** For less, when the best by meaning stands out: so it is with a question in other words. */
  meaningStandsOut: 1.2,
  leastWordWeight: 0.2,
  mostWordWeight: 0.9,
  /** At most this share of what words and meaning give: enough to order what is nearly as good, never more. */
  importance: 0.02,
  recency: 0.01,
  pinned: 0.01,
  recencyHalfLifeDays: 90,
  /** Closeness is mostly meaning: the same few words are in texts about anything. */
  meaningOfCloseness: 0.7,
  /** Of a text with every word of the query, and not in passing. */
  shareOfAllWords: 0.4,
  floor: 0.15,
  /** Times the logarithm of how many memories there are. */
  floorGrowth: 0.02,
} as const;

/** From here on the stand-out of the best is measured. */
const tailRank = 10;
const dayMs = 24 * 60 * 60 * 1000;

/** Makes one list of what the legs found, best first. Absolute scores are added, not ranks: what is far ahead stays so. */
export function fuse(candidates: readonly Candidate[], options: FusionOptions): Fusion {
  const { byMeaning, searched, words, tuning = usualTuning } = options;
  const wordWeight = byMeaning ? weighWords(candidates, words, tuning) : 1;
  const unread = typicalMeaning(candidates);
  const floor = byMeaning ? tuning.floor + tuning.floorGrowth * Math.log(Math.max(1, searched)) : 0;
  const scored = candidates
    .map((candidate) => score(candidate, { wordWeight, unread, floor }, options))
    .toSorted(inOrder);
  return {
    hits: foldCopies(scored),
    scored,
    wordWeight,
    nothingRelevant: !scored.some(({ isRelevant }) => isRelevant),
    floor,
  };
}

/** How near in meaning something is that is relevant for this alone. */
export const leastCosine = ({ floor }: Fusion, tuning: FusionTuning = usualTuning): number =>
  floor / tuning.meaningOfCloseness;

/** Whoever asks for a booking code that is there must not hear that it is not, however little it means. */
const saysIt = ({ words }: Candidate, { shareOfAllWords }: FusionTuning): boolean =>
  words !== null && words.coverage > 0.99 && words.share >= shareOfAllWords;

/** What a hit's words are worth, from 0 to 1. */
const wordsOf = ({ words }: Candidate, { shareOfWords, coverageOfWords }: FusionTuning): number =>
  words ? shareOfWords * words.share + coverageOfWords * words.coverage : 0;

/**
 * How much to trust the words of this query. A rare name is in few memories, and those stand out; words that
 * stand everywhere give a hundred hits that are nearly the same, and then it is the meaning that tells.
 */
function weighWords(candidates: readonly Candidate[], count: number, tuning: FusionTuning): number {
  const words = standOut(
    candidates.filter((each) => each.words?.rank != null).map((each) => wordsOf(each, tuning)),
  );
  // Everything has some meaning: the last there is says how near anything is.
  const meaning = standOut(
    candidates.flatMap((each) => each.meaning?.cosine ?? []),
    'last',
  );
  const weight =
    tuning.wordWeight +
    tuning.fewWords / Math.max(2, count) +
    tuning.wordsStandOut * words.gap +
    tuning.wordsFound * words.top -
    tuning.meaningStandsOut * meaning.gap;
  return Math.min(tuning.mostWordWeight, Math.max(tuning.leastWordWeight, weight));
}

/** Against the tenth; where there are fewer, against nothing or the last of them. */
function standOut(scores: readonly number[], none: 'zero' | 'last' = 'zero'): { top: number; gap: number } {
  const sorted = scores.toSorted((a, b) => b - a);
  const top = Math.max(0, sorted[0] ?? 0);
  const tail = sorted[tailRank - 1] ?? (none === 'last' ? sorted.at(-1) : undefined) ?? 0;
  return { top, gap: top - Math.max(0, tail) };
}

/** Taken for those that wait to be embedded: they are neither pushed down for it nor lifted. */
function typicalMeaning(candidates: readonly Candidate[]): number {
  const known = (among: readonly Candidate[]) =>
    among.flatMap(({ meaning }) => meaning?.cosine ?? []).toSorted((a, b) => a - b);
  const byWords = known(candidates.filter(({ words }) => words?.rank != null));
  const cosines = byWords.length > 0 ? byWords : known(candidates);
  return Math.max(0, cosines[Math.floor(cosines.length / 2)] ?? 0);
}

function score(
  candidate: Candidate,
  { wordWeight, unread, floor }: { wordWeight: number; unread: number; floor: number },
  { byMeaning, now, tuning = usualTuning }: FusionOptions,
): FusedHit {
  const wordScore = wordsOf(candidate, tuning);
  const cosine = Math.max(0, candidate.meaning?.cosine ?? (byMeaning ? unread : 0));
  const words = wordWeight * wordScore;
  const meaning = (1 - wordWeight) * cosine;
  const relevance = words + meaning;
  const ageDays = Math.max(0, now.getTime() - candidate.occurredAt.getTime()) / dayMs;
  const contributions = {
    words,
    meaning,
    importance: relevance * tuning.importance * candidate.importance,
    recency: relevance * tuning.recency * 2 ** (-ageDays / tuning.recencyHalfLifeDays),
    pinned: candidate.pinned ? relevance * tuning.pinned : 0,
  };
  const share = byMeaning ? tuning.meaningOfCloseness : 0;
  const closeness = share * cosine + (1 - share) * wordScore;
  return {
    candidate,
    contributions,
    score: Object.values(contributions).reduce((sum, part) => sum + part, 0),
    closeness,
    isRelevant: closeness >= floor || saysIt(candidate, tuning),
    copies: [],
  };
}

/** Never by chance: the same query gives the same list, also where scores are equal. */
function inOrder(a: FusedHit, b: FusedHit): number {
  return (
    b.score - a.score ||
    b.candidate.occurredAt.getTime() - a.candidate.occurredAt.getTime() ||
    (a.candidate.memoryId < b.candidate.memoryId ? -1 : 1)
  );
}

/** The first of those that say the same stands for all of them. */
export function foldCopies(hits: readonly FusedHit[]): FusedHit[] {
  const groups = new Map<string, FusedHit[]>();
  for (const hit of hits) {
    const group = groups.get(hit.candidate.contentKey);
    if (group) group.push(hit);
    else groups.set(hit.candidate.contentKey, [hit]);
  }
  return [...groups.values()].flatMap(([best, ...others]) =>
    best ? { ...best, copies: others.map(({ candidate }) => candidate.memoryId) } : [],
  );
}
