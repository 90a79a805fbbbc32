import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { rowProperties } from '../database/row-properties.ts';
import { Memory } from '../memories/memory.entity.ts';

/** Two memories that are much alike, and that a person wants to keep apart. The smaller key comes first. */
export const MemoryDistinction = defineEntity({
  name: 'MemoryDistinction',
  properties: {
    ...rowProperties(),
    memory: () => p.manyToOne(Memory).mapToPk().deleteRule('cascade').index(false),
    other: () => p.manyToOne(Memory).mapToPk().deleteRule('cascade').index(false),
  },
  indexes: [{ name: 'memory_distinction_other_id_index', properties: ['other'] }],
  uniques: [{ name: 'memory_distinction_memory_id_other_id_unique', properties: ['memory', 'other'] }],
  checks: [{ name: 'memory_distinction_other_id_check', expression: 'memory_id < other_id' }],
});
export type MemoryDistinction = InferEntity<typeof MemoryDistinction>;
