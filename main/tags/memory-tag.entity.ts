import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { Memory } from '../memories/memory.entity.ts';
import { Tag } from './tag.entity.ts';

/**
 * A memory is under a tag. The memory's date, and whether it is in the trash, are kept here as well:
 * that makes the newest memories of a tag one range of one index. Triggers keep them in step.
 */
export const MemoryTag = defineEntity({
  name: 'MemoryTag',
  properties: {
    memory: () => p.manyToOne(Memory).mapToPk().primary().deleteRule('cascade').updateRule('no action'),
    tag: () => p.manyToOne(Tag).mapToPk().primary().deleteRule('cascade').updateRule('no action'),
    createdAt: p
      .datetime(3)
      .defaultRaw('now()')
      .onCreate(() => new Date()),
    occurredAt: p.datetime(3),
    trashed: p.boolean().default(false),
  },
  indexes: [
    {
      name: 'memory_tag_newest_index',
      expression:
        'create index "memory_tag_newest_index" on "memory_tag" ("tag_id", "trashed", "occurred_at" desc, "memory_id" desc)',
    },
  ],
});
export type MemoryTag = InferEntity<typeof MemoryTag>;
