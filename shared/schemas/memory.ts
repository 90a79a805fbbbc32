import { z } from 'zod';
import { id } from './id.ts';
import { instant } from './instant.ts';
import { tag, tagName } from './tag.ts';

/** How a memory came into the library. */
export const memorySources = ['note', 'snippet', 'file', 'conversation', 'web'] as const;
export type MemorySource = (typeof memorySources)[number];

/** Why an earlier state of a memory gave way to a later one. */
export const versionCauses = ['edit', 'bulk', 'restore', 'undo', 'merge', 'tag', 'import'] as const;
export type VersionCause = (typeof versionCauses)[number];

/** As UTF-8, after cleaning. */
export const maxContentBytes = 2 * 1024 * 1024;
export const maxTitleLength = 500;
export const maxPageSize = 200;

const importance = z.number().min(0).max(1);
const source = z.enum(memorySources);
/** Bounded roughly here, by what is kept of them in the service. */
const title = z.string().max(10_000).nullable();
const content = z.string().max(2 * maxContentBytes);
/** A memory is under no more tags than this. */
export const maxTags = 200;
/** So many links of memories to tags are made or taken away at once. */
export const maxLinksAtOnce = 1_000_000;
/** The limit itself is said in the service, in words. */
const tagNames = z.array(tagName).max(1000);
const version = z.int().positive();

const facts = {
  id,
  title: z.string().nullable(),
  importance: z.number(),
  pinned: z.boolean(),
  source,
  occurredAt: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
  /** Since when it is in the trash. */
  deletedAt: z.string().nullable(),
  sessionId: id.nullable(),
  documentId: id.nullable(),
  version,
};
export const memory = z.object({ ...facts, content: z.string(), tags: z.array(tag) });
export type MemoryDto = z.infer<typeof memory>;

/** What a list shows of a memory. */
export const memorySummary = z.object({ ...facts, preview: z.string(), tagIds: z.array(id) });
export type MemorySummary = z.infer<typeof memorySummary>;

export const newMemory = z.strictObject({
  content: content.optional(),
  title: title.optional(),
  importance: importance.optional(),
  pinned: z.boolean().optional(),
  source: source.optional(),
  occurredAt: instant.optional(),
  sessionId: id.nullable().optional(),
  documentId: id.nullable().optional(),
  /** By name; names that are new become tags. */
  tags: tagNames.optional(),
});
export type NewMemory = z.output<typeof newMemory>;

/** Written in an instant, if they are short; whoever has long ones sends fewer. */
export const mostNewMemories = 50;
export const newMemories = z.strictObject({ memories: z.array(newMemory).min(1).max(mostNewMemories) });

/** One text that is made of two. */
export const mergedText = z.strictObject({ title, content });
export type MergedText = z.output<typeof mergedText>;

/** What was made, and which memories outside of the trash say the very same. */
export const createdMemory = z.object({ memory, duplicateOf: z.array(id) });
export type CreatedMemory = z.infer<typeof createdMemory>;

export const memoryChange = z.strictObject({
  id,
  /** The one that was seen: whoever saves must have seen the latest. */
  version,
  content: content.optional(),
  title: title.optional(),
  importance: importance.optional(),
  pinned: z.boolean().optional(),
  occurredAt: instant.optional(),
  sessionId: id.nullable().optional(),
  documentId: id.nullable().optional(),
  /** All of them, by name. */
  tags: tagNames.optional(),
  /** Part of the same writing as the change before: what was in between need not be kept as a version. */
  goesOn: z.boolean().optional(),
});
export type MemoryChange = z.output<typeof memoryChange>;

/** What is looked for elsewhere in the library; a title alone counts where there is no content. */
export const memoryText = z.strictObject({ content, title, exceptId: id.optional() });
export type MemoryText = z.output<typeof memoryText>;

/** Everything that is named must hold; what is not named makes no difference. */
export const memoryFilter = z.strictObject({
  /** Null for memories of no session. */
  sessionId: id.nullable().optional(),
  documentId: id.optional(),
  /** Memories that are under each of them. */
  tagIds: z.array(id).max(50).optional(),
  sources: z.array(source).max(memorySources.length).optional(),
  minImportance: importance.optional(),
  maxImportance: importance.optional(),
  /** Inclusive. */
  from: instant.optional(),
  /** Exclusive. */
  to: instant.optional(),
  pinned: z.boolean().optional(),
  /** Only what is under no tag at all. */
  untagged: z.literal(true).optional(),
  /** Only what is in the trash, latest first; otherwise only what is not. */
  trashed: z.boolean().optional(),
});
export type MemoryFilter = z.output<typeof memoryFilter>;

export const memoryQuery = z.strictObject({
  filter: memoryFilter.optional(),
  /** Where an earlier page ended. */
  cursor: z.string().max(500).optional(),
  limit: z.int().min(1).max(maxPageSize).optional(),
});
export type MemoryQuery = z.output<typeof memoryQuery>;

export const memoryPage = z.object({ memories: z.array(memorySummary), nextCursor: z.string().nullable() });
export type MemoryPage = z.infer<typeof memoryPage>;

const ids = z.array(id).min(1).max(100_000);
/** Each may have two megabytes. */
export const memoriesToRead = z.strictObject({ ids: z.array(id).min(1).max(200) });
export const memorySelection = z.strictObject({ ids });
export const memoriesAndTags = z
  .strictObject({ ids, tagIds: z.array(id).max(50).optional(), names: z.array(tagName).max(50).optional() })
  .refine(({ tagIds, names }) => (tagIds?.length ?? 0) + (names?.length ?? 0) > 0);
export const memoriesAndTagIds = z.strictObject({ ids, tagIds: z.array(id).min(1).max(50) });
export const memoriesAndImportance = z.strictObject({ ids, importance });
export const memoriesAndPinned = z.strictObject({ ids, pinned: z.boolean() });
export const memoriesAndSession = z.strictObject({ ids, sessionId: id.nullable() });

/** Into the memory `id`; what it says then is chosen here, or stays what it says now. */
export const memoryMerge = z.strictObject({
  id,
  version,
  /** Each as it was seen. */
  others: z.array(z.strictObject({ id, version })).min(1).max(50),
  title: title.optional(),
  content: content.optional(),
});
export type MemoryMerge = z.output<typeof memoryMerge>;

export const mergedMemory = z.object({ memory, undoId: id });
export type MergedMemory = z.infer<typeof mergedMemory>;

/** How many were changed; without any there is nothing to undo. */
export const bulkOutcome = z.object({ changed: z.int(), undoId: id.nullable() });
export type BulkOutcome = z.infer<typeof bulkOutcome>;

/** What of a memory is kept in its versions; tags by the names they had. */
const state = { title: z.string().nullable(), importance: z.number(), tags: z.array(z.string()) };
const memoryState = z.object({ ...state, content: z.string() });
export type MemoryState = z.infer<typeof memoryState>;

export const versionsQuery = z.strictObject({
  id,
  /** Go on with those before this one. */
  before: version.optional(),
  limit: z.int().min(1).max(maxPageSize).optional(),
});
export type VersionsQuery = z.output<typeof versionsQuery>;

export const memoryVersionSummary = z.object({
  ...state,
  number: version,
  preview: z.string(),
  /** What ended this state, and when. */
  cause: z.enum(versionCauses),
  endedAt: z.string(),
  /** Of another memory that was merged into this one. */
  merged: z.boolean(),
});
export type MemoryVersionSummary = z.infer<typeof memoryVersionSummary>;

/** By the numbers of versions; the memory's own is what it is now. */
export const versionsToCompare = z.strictObject({ id, from: version, to: version });
const diff = z.array(z.object({ kind: z.enum(['same', 'added', 'removed']), text: z.string() }));
export const memoryComparison = z.object({
  from: z.object(state),
  to: z.object(state),
  title: diff,
  content: diff,
});
export type MemoryComparison = z.infer<typeof memoryComparison>;

/** `version` is the one that was seen, `number` the one to go back to. */
export const versionToRestore = z.strictObject({ id, version, number: version });

export const purgeOutcome = z.object({ purged: z.int() });
