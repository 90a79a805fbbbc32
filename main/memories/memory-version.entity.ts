import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { versionCauses } from '../../shared/schemas/memory.ts';
import { rowProperties } from '../database/row-properties.ts';
import { Memory } from './memory.entity.ts';

/** A state a memory was in before; `createdAt` is when that state ended, `number` the memory's version at the time. */
export const MemoryVersion = defineEntity({
  name: 'MemoryVersion',
  properties: {
    ...rowProperties(),
    memory: () => p.manyToOne(Memory).mapToPk().deleteRule('cascade'),
    number: p.integer(),
    title: p.text().nullable(),
    content: p.text(),
    importance: p.double(),
    /** By name, as they were called then. */
    tags: p.array(),
    /** What ended this state. */
    cause: p.enum(versionCauses),
  },
  uniques: [{ name: 'memory_version_memory_id_number_unique', properties: ['memory', 'number'] }],
});
export type MemoryVersion = InferEntity<typeof MemoryVersion>;
