import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { memoryRoles } from '../../shared/schemas/specialization.ts';
import { Memory } from '../memories/memory.entity.ts';
import { Specialization } from './specialization.entity.ts';

/** A memory belongs to a specialization, as something to train on or to refer to. */
export const SpecializationMemory = defineEntity({
  name: 'SpecializationMemory',
  properties: {
    specialization: () =>
      p.manyToOne(Specialization).mapToPk().primary().deleteRule('cascade').updateRule('no action'),
    memory: () =>
      p
        .manyToOne(Memory)
        .mapToPk()
        .primary()
        .deleteRule('cascade')
        .updateRule('no action')
        .index('specialization_memory_memory_id_index'),
    createdAt: p
      .datetime(3)
      .defaultRaw('now()')
      .onCreate(() => new Date()),
    role: p.enum(memoryRoles).default('reference'),
  },
});
export type SpecializationMemory = InferEntity<typeof SpecializationMemory>;
