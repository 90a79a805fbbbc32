import { z } from 'zod';
import { maxQueryLength } from '../query/search-query.ts';
import { id } from './id.ts';
import { bulkOutcome, memorySummary } from './memory.ts';
import { memoryRoles } from './specialization.ts';
import { isTimeZone } from './search.ts';
import { specializationRow } from './specialization-list.ts';

const text = z.string().max(maxQueryLength * 2);
const timeZone = z.string().max(100).refine(isTimeZone).optional();

export const specializationSearchRequest = z.strictObject({
  text,
  /** Where the person is typing: the word that ends there may go on. Null if nobody is. */
  caret: z.int().min(0).nullable().optional(),
  limit: z.int().min(1).max(5000).default(200),
  /** Each search of the same asker gives up the one before it, which fails as `cancelled`. */
  asker: z.string().max(100).optional(),
});
export type SpecializationSearchRequest = z.output<typeof specializationSearchRequest>;

/** What was nearest in meaning: what it says of itself, or what its memories are about. */
export const meaningSources = ['description', 'memories'] as const;

const standing = {
  /** The sum of the contributions. */
  score: z.number(),
  contributions: z.object({ words: z.number(), meaning: z.number() }),
  /** From 0 to 1, and comparable between searches: how sure it is that this is about the query. */
  closeness: z.number(),
  words: z.object({ share: z.number(), coverage: z.number() }).nullable(),
  /** Null while it waits to be embedded. */
  meaning: z.object({ cosine: z.number(), by: z.enum(meaningSources) }).nullable(),
};

export const specializationHit = z.object({
  specialization: specializationRow,
  ...standing,
  /** Near enough to be about the query; the others are only the nearest there are. */
  isRelevant: z.boolean(),
  /** As they were typed. */
  matchedWords: z.array(z.string()),
});
export type SpecializationHit = z.infer<typeof specializationHit>;

const meaningState = z.object({
  /** `unused`: there was nothing to look for. */
  state: z.enum(['used', 'loading', 'unavailable', 'unused']),
  /** Why it is unavailable, in a sentence for a person. */
  problem: z.string().optional(),
  /** How many can't be found by meaning yet. */
  pending: z.int(),
});

export const specializationSearchResult = z.object({
  hits: z.array(specializationHit),
  found: z.int(),
  relevant: z.int(),
  nothingRelevant: z.boolean(),
  /** Words that nothing here says, and those they were taken for. */
  correctedTo: z.array(z.object({ from: z.string(), to: z.string() })),
  problems: z.array(
    z.object({ from: z.int(), to: z.int(), message: z.string(), suggestion: z.string().optional() }),
  ),
  meaning: meaningState,
  ms: z.number(),
});
export type SpecializationSearchResult = z.infer<typeof specializationSearchResult>;

export const foundMemoriesToLink = z.strictObject({ id, text, timeZone, role: z.enum(memoryRoles) });
export type FoundMemoriesToLink = z.output<typeof foundMemoriesToLink>;
/** `found`: those that were linked in the same way already included. */
export const linkedFound = bulkOutcome.extend({
  found: z.int(),
  /** There are more, of which these are the best. */
  isCut: z.boolean(),
});
export type LinkedFound = z.infer<typeof linkedFound>;

export const memorySuggestionsRequest = z.strictObject({ id, limit: z.int().min(1).max(100).default(20) });
export type MemorySuggestionsRequest = z.output<typeof memorySuggestionsRequest>;

const named = z.object({ id, title: z.string() });
export const memorySuggestion = z.object({
  memory: memorySummary,
  closeness: z.number(),
  /** The linked memory that it is nearest to; null: what the specialization says of itself is nearer. */
  near: named.nullable(),
  /** That both say, those that tell most first. */
  words: z.array(z.string()),
});
/** `waiting`: its meaning is not known yet, or there is no model: nothing can be said. */
export const memorySuggestions = z.object({ waiting: z.boolean(), suggestions: z.array(memorySuggestion) });
export type MemorySuggestions = z.infer<typeof memorySuggestions>;

/** Memories that no specialization has, as far as they are about the same. */
export const coverageCluster = z.object({
  size: z.int(),
  words: z.array(z.string()),
  /** The most typical first, up to 200 of them. */
  memoryIds: z.array(id),
  /** A specialization that is about the same: they might belong to it. */
  near: z.object({ id, name: z.string(), closeness: z.number() }).nullable(),
});
export type CoverageCluster = z.infer<typeof coverageCluster>;

export const coverage = z.object({
  /** Outside of the trash. */
  memories: z.int(),
  linked: z.int(),
  /** Of those that are not linked, how many wait to be embedded. */
  waiting: z.int(),
  /** Of those that are not linked, how many were looked at: the latest, if there are too many. */
  looked: z.int(),
  clusters: z.array(coverageCluster),
  /** Of those looked at, how many are like no others. */
  loose: z.int(),
});
export type Coverage = z.infer<typeof coverage>;

export const recommendationRequest = z.union([z.strictObject({ text }), z.strictObject({ memoryId: id })]);
export type RecommendationRequest = z.output<typeof recommendationRequest>;

export const recommendation = z.object({
  specialization: specializationRow,
  closeness: z.number(),
  /** A sentence. */
  why: z.string(),
  matchedWords: z.array(z.string()),
  /** Of its memories, the one that is nearest. */
  near: named.nullable(),
  /** The memory that was asked about belongs to it. */
  isLinked: z.boolean(),
});
export type Recommendation = z.infer<typeof recommendation>;
export const recommendations = z.object({
  /** Null: none is about it. */
  best: recommendation.nullable(),
  /** Others that are about it, too. */
  others: z.array(recommendation),
  meaning: z.enum(['used', 'loading', 'unavailable']),
});
export type Recommendations = z.infer<typeof recommendations>;
