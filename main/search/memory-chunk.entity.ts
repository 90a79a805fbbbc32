import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { Memory } from '../memories/memory.entity.ts';

/** A model whose vectors are kept. Several at once while a new one is being prepared, or an old one kept to go back to. */
export const EmbeddingModel = defineEntity({
  name: 'EmbeddingModel',
  properties: {
    id: p.smallint().primary().autoincrement(false),
    name: p.text(),
    revision: p.text(),
    dimension: p.integer(),
    maxTokens: p.integer().default(256),
    inUse: p.boolean().default(false),
    isGoing: p.boolean().default(false),
    usedAt: p.datetime(6).nullable(),
  },
  uniques: [{ name: 'embedding_model_name_revision_unique', properties: ['name', 'revision'] }],
  checks: [
    { name: 'embedding_model_dimension_check', expression: 'dimension > 0 and dimension <= 4000' },
    { name: 'embedding_model_max_tokens_check', expression: 'max_tokens > 0' },
    { name: 'embedding_model_in_use_check', expression: 'not (in_use and is_going)' },
  ],
  indexes: [
    {
      name: 'embedding_model_in_use_unique',
      expression:
        'create unique index "embedding_model_in_use_unique" on "embedding_model" ("in_use") where in_use',
    },
  ],
});
export type EmbeddingModel = InferEntity<typeof EmbeddingModel>;

/** Derived: the text of this memory is new, or has changed since it was cut for this model. Kept by triggers. */
export const UncutMemory = defineEntity({
  name: 'UncutMemory',
  properties: {
    memory: () => p.manyToOne(Memory).mapToPk().primary().deleteRule('cascade').updateRule('no action'),
    model: () =>
      p.manyToOne(EmbeddingModel).mapToPk().primary().deleteRule('cascade').updateRule('no action'),
    queuedAt: p.datetime(6).defaultRaw('clock_timestamp()'),
  },
  indexes: [
    {
      name: 'uncut_memory_newest_index',
      expression:
        'create index "uncut_memory_newest_index" on "uncut_memory" ("model_id", "queued_at" desc, "memory_id" desc)',
    },
  ],
});
export type UncutMemory = InferEntity<typeof UncutMemory>;

/** Derived: the piece of a memory that one vector of one model stands for. Its text is in the memory. */
export const MemoryChunk = defineEntity({
  name: 'MemoryChunk',
  properties: {
    id: p.uuid().primary(),
    memory: () => p.manyToOne(Memory).mapToPk().deleteRule('cascade'),
    model: () => p.manyToOne(EmbeddingModel).mapToPk().deleteRule('cascade').index(false),
    position: p.integer(),
    startOffset: p.integer(),
    endOffset: p.integer(),
    tokens: p.integer(),
    textHash: p.uint8array(),
    queuedAt: p.datetime(6),
    status: p.enum(['pending', 'ready', 'failed']).default('pending'),
    attempts: p.integer().default(0),
    retryAt: p.datetime(6).nullable(),
    error: p.text().nullable(),
  },
  checks: [
    { name: 'memory_chunk_position_check', expression: 'position >= 0' },
    {
      name: 'memory_chunk_offsets_check',
      expression: 'start_offset >= 0 and end_offset >= start_offset',
    },
    { name: 'memory_chunk_tokens_check', expression: 'tokens >= 0' },
    { name: 'memory_chunk_text_hash_check', expression: 'octet_length(text_hash) = 32' },
    { name: 'memory_chunk_attempts_check', expression: 'attempts >= 0' },
    { name: 'memory_chunk_error_check', expression: `(status = 'failed') = (error is not null)` },
  ],
  indexes: [
    { name: 'memory_chunk_memory_id_index', properties: ['memory', 'model', 'position'] },
    {
      name: 'memory_chunk_waiting_index',
      expression:
        'create index "memory_chunk_waiting_index" on "memory_chunk" ("model_id", "queued_at" desc, "memory_id" desc, "position") where status <> \'ready\'',
    },
  ],
});
export type MemoryChunk = InferEntity<typeof MemoryChunk>;

/** Derived: what the model made of a piece, of unit length. */
export const ChunkEmbedding = defineEntity({
  name: 'ChunkEmbedding',
  properties: {
    chunk: () => p.oneToOne(MemoryChunk).mapToPk().primary().deleteRule('cascade').updateRule('no action'),
    memoryId: p.uuid(),
    modelId: p.smallint(),
    embedding: p.string().columnType('halfvec'),
  },
  indexes: [{ name: 'chunk_embedding_memory_id_index', properties: ['memoryId'] }],
});
export type ChunkEmbedding = InferEntity<typeof ChunkEmbedding>;
