import { z } from 'zod';
import { maxQueryLength } from '../query/search-query.ts';
import { id } from './id.ts';
import { maxPageSize, memorySummary } from './memory.ts';

/** How far a list of hits goes: further down nobody looks, and there the legs have nothing to say. */
export const mostHits = 200;

/** What was typed, and how to read it. */
const typed = {
  text: z.string().max(maxQueryLength * 2),
  /** Where the person is typing: the word that ends there may go on. Null if nobody is. */
  caret: z.int().min(0).nullable().optional(),
  /** An IANA name, for `after:yesterday`. */
  timeZone: z.string().max(100).refine(isTimeZone).optional(),
};

export const searchOrders = ['relevance', 'newest', 'oldest'] as const;

export const searchRequest = z.strictObject({
  ...typed,
  limit: z.int().min(1).max(maxPageSize).optional(),
  offset: z.int().min(0).max(mostHits).optional(),
  order: z.enum(searchOrders).optional(),
  /** `words` is there in a moment, and can be refined by asking for `both`. */
  by: z.enum(['both', 'words', 'meaning']).optional(),
  /** Each search of the same asker gives up the one before it, which fails as `cancelled`. */
  asker: z.string().max(100).optional(),
});
export type SearchRequest = z.output<typeof searchRequest>;

/** UTF-16 offsets. */
const span = z.object({ start: z.int(), end: z.int() });

const contributions = z.object({
  words: z.number(),
  meaning: z.number(),
  importance: z.number(),
  recency: z.number(),
  pinned: z.number(),
});

const standing = {
  /** The sum of the contributions. */
  score: z.number(),
  contributions,
  /** From 0 to 1, and comparable between searches: how sure it is that this is about the query. */
  closeness: z.number(),
  /** BM25 as a share of the most that is possible, and its place among the best by words. */
  words: z.object({ share: z.number(), coverage: z.number(), rank: z.int().nullable() }).nullable(),
  /** Null while it waits to be embedded. */
  meaning: z.object({ cosine: z.number(), rank: z.int().nullable() }).nullable(),
};

export const searchHit = z.object({
  memory: memorySummary,
  ...standing,
  /** Near enough to be about the query; the others are only the nearest there are. */
  isRelevant: z.boolean(),
  /** As they were typed. */
  matchedWords: z.array(z.string()),
  /** The piece of the content that is nearest in meaning. */
  nearest: span.nullable(),
  /** Others that say the very same. */
  copies: z.array(id),
  /** With `as-of:`, which of its versions is meant; title, preview, importance and tags are as they were then. */
  asOf: z.object({ version: z.int(), isCurrent: z.boolean(), tags: z.array(z.string()) }).optional(),
});
export type SearchHit = z.infer<typeof searchHit>;

export const searchResult = z.object({
  hits: z.array(searchHit),
  /** How many there are to be paged through, and how many of these are near enough to be about the query. */
  found: z.int(),
  relevant: z.int(),
  /** Nothing in the library is about this: the hits are only the nearest few. */
  nothingRelevant: z.boolean(),
  /** The library was searched as it was just before this instant. */
  asOf: z.string().optional(),
  /**
   * Words that stand in no memory, and those like them that may have been meant. Where nothing was found for the words as
   * they were typed, the hits are those for these.
   */
  correctedTo: z.array(z.object({ from: z.string(), to: z.string() })),
  problems: z.array(
    z.object({ from: z.int(), to: z.int(), message: z.string(), suggestion: z.string().optional() }),
  ),
  meaning: z.object({
    /** `unused`: there was nothing to look for, or only words were asked for. */
    state: z.enum(['used', 'loading', 'unavailable', 'unused']),
    /** Why it is unavailable, in a sentence for a person. */
    problem: z.string().optional(),
    /** Memories that can't be found by meaning yet. */
    pending: z.int(),
    /** Whether every vector was compared. */
    exact: z.boolean(),
  }),
  /** How much the words counted for this query, from 0 to 1. */
  wordWeight: z.number(),
  ms: z.object({
    total: z.number(),
    words: z.number(),
    embedding: z.number(),
    meaning: z.number(),
    ranking: z.number(),
  }),
});
export type SearchResult = z.infer<typeof searchResult>;

export const reasonsRequest = z.strictObject({ ...typed, ids: z.array(id).min(1).max(50) });
export type ReasonsRequest = z.output<typeof reasonsRequest>;

export const searchReasons = z.object({
  id,
  /** Where the words stand. */
  title: z.array(span),
  content: z.array(span),
  /** The sentence that is nearest in meaning. */
  sentence: span.nullable(),
  /** What to show of the content; offsets are those of the whole content: `text` begins at `start`. */
  excerpt: z.object({ start: z.int(), text: z.string() }),
});
export type SearchReasons = z.infer<typeof searchReasons>;

export const explainRequest = z.strictObject({ ...typed, id });
export type ExplainRequest = z.output<typeof explainRequest>;

export const explanation = z.object({
  /** Its place in the list, from 1; null if it is not there. */
  place: z.int().nullable(),
  /** Set if another memory that says the very same stands for it. */
  foldedInto: id.nullable(),
  /** The filters it does not pass, as they are written in a query. */
  excludedBy: z.array(z.string()),
  matchedWords: z.array(z.string()),
  missingWords: z.array(z.string()),
  /** Null if nothing is known of it in either leg. */
  standing: z.object(standing).nullable(),
  /** The score of the last one in the list. */
  lastScore: z.number().nullable(),
  /** In sentences for a person, the most important first. */
  reasons: z.array(z.string()),
});
export type Explanation = z.infer<typeof explanation>;

export const relatedRequest = z.strictObject({ id, limit: z.int().min(1).max(50).optional() });
export type RelatedRequest = z.output<typeof relatedRequest>;

export const relatedMemory = z.object({
  memory: memorySummary,
  /** From 0 to 1: how much both are about the same. */
  likeness: z.number(),
  /** Of the two nearest pieces, and where these stand in the memory that was asked about and in this one. */
  similarity: z.number().nullable(),
  own: span.nullable(),
  other: span.nullable(),
  /** That both have, as they are written in the one that was asked about; those that say most come first. */
  words: z.array(z.string()),
  /** Others that say the very same as this one. */
  copies: z.array(id),
});
export type RelatedMemory = z.infer<typeof relatedMemory>;

export const related = z.object({
  by: z.enum(['meaning', 'words']),
  /** What it means is not known yet: so long it is compared by words. */
  waiting: z.boolean(),
  related: z.array(relatedMemory),
});
export type Related = z.infer<typeof related>;

const piece = z.strictObject({ start: z.int().min(0), end: z.int().min(0) });
/** Pairs of pieces, as `related` named them. */
export const relatedReasonsRequest = z.strictObject({
  id,
  pairs: z
    .array(z.strictObject({ id, own: piece, other: piece }))
    .min(1)
    .max(20),
});
export type RelatedReasonsRequest = z.output<typeof relatedReasonsRequest>;

/** The two sentences that are nearest to each other. */
export const relatedReason = z.object({ id, own: span, other: span, similarity: z.number() });
export type RelatedReason = z.infer<typeof relatedReason>;

/** The one that was asked about last: it comes with each search, and to try it takes a millisecond. */
let knownTimeZone = 'UTC';

export function isTimeZone(name: string): boolean {
  if (name === knownTimeZone) return true;
  try {
    const isOne = new Intl.DateTimeFormat('en', { timeZone: name }) instanceof Intl.DateTimeFormat;
    knownTimeZone = name;
    return isOne;
  } catch {
    return false;
  }
}
