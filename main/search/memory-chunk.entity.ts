import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { rowProperties } from '../database/row-properties.ts';
import { VectorType } from '../database/vector.ts';
import { Memory } from '../memories/memory.entity.ts';

/** Derived: the piece of a memory that one embedding stands for. Can be dropped and made anew. */
export const MemoryChunk = defineEntity({
  name: 'MemoryChunk',
  properties: {
    ...rowProperties(),
    memory: () => p.manyToOne(Memory).mapToPk().deleteRule('cascade'),
    position: p.integer(),
    startOffset: p.integer(),
    endOffset: p.integer(),
    textHash: p.uint8array(),
    model: p.text(),
    revision: p.text(),
    status: p.enum(['pending', 'ready', 'failed']).default('pending'),
    error: p.text().nullable(),
    embedding: p.type(VectorType).length(384).nullable(),
  },
  uniques: [
    {
      name: 'memory_chunk_memory_id_position_unique',
      properties: ['memory', 'model', 'revision', 'position'],
    },
  ],
  checks: [
    { name: 'memory_chunk_position_check', expression: 'position >= 0' },
    {
      name: 'memory_chunk_offsets_check',
      expression: 'start_offset >= 0 and end_offset >= start_offset',
    },
    { name: 'memory_chunk_text_hash_check', expression: 'octet_length(text_hash) = 32' },
    {
      name: 'memory_chunk_embedding_check',
      expression: `(status = 'ready') = (embedding is not null)`,
    },
    { name: 'memory_chunk_error_check', expression: `(status = 'failed') = (error is not null)` },
  ],
  indexes: [
    {
      name: 'memory_chunk_waiting_index',
      expression:
        'create index "memory_chunk_waiting_index" on "memory_chunk" ("status", "created_at") where status <> \'ready\'',
    },
  ],
});
export type MemoryChunk = InferEntity<typeof MemoryChunk>;
