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
    /** In the same order: a tag may be called otherwise by now. Not of what was kept before they were. */
    tagIds: p.array().columnType('uuid[]').nullable(),
    /** What ended this state. */
    cause: p.enum(versionCauses),
    /** Of another memory that was merged into this one: this one was never like it. */
    merged: p.boolean().default(false),
    /** Of the state, made by the database when it is added: the audit vouches for it with the memory. */
    stateHash: p.uint8array(),
  },
  checks: [{ name: 'memory_version_tag_ids_check', expression: 'cardinality(tag_ids) = cardinality(tags)' }],
  uniques: [{ name: 'memory_version_memory_id_number_unique', properties: ['memory', 'number'] }],
});
export type MemoryVersion = InferEntity<typeof MemoryVersion>;
