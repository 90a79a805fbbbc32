import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { adapterFormats, specializationStatuses } from '../../shared/schemas/specialization.ts';
import { rowProperties } from '../database/row-properties.ts';
import { VectorType } from '../database/vector.ts';
import { User } from '../users/user.entity.ts';

/** A domain and, when there is one, the LoRA adapter for it: what its file says, and how the file is doing. */
export const Specialization = defineEntity({
  name: 'Specialization',
  properties: {
    ...rowProperties(),
    user: () => p.manyToOne(User).mapToPk().deleteRule('cascade'),
    name: p.text(),
    description: p.text().default(''),
    domain: p.text().default(''),
    modelPath: p.text().nullable(),
    format: p.enum(adapterFormats).nullable(),
    baseModel: p.text().nullable(),
    rank: p.integer().nullable(),
    alpha: p.double().nullable(),
    targetModules: p.array().nullable(),
    dtype: p.text().nullable(),
    parameterCount: p.bigint('number').nullable(),
    fileSizeBytes: p.bigint('number').nullable(),
    sha256: p.uint8array().nullable(),
    /** Of the weights alone: the same adapter under other metadata has the same. */
    tensorHash: p.uint8array().nullable(),
    adapterConfig: p.json<Record<string, unknown>>().nullable(),
    status: p.enum(specializationStatuses).default('draft'),
    /** A sentence on what is wrong with the file, if anything is. */
    problem: p.text().nullable(),
    /** From before there were several, in a table of their own: no longer written. */
    embedding: p.type(VectorType).length(384).nullable(),
    tags: p.array().defaultRaw(`'{}'`),
    version: p.integer().default(1),
    deletedAt: p.datetime(3).nullable(),
  },
  checks: [
    {
      name: 'specialization_name_check',
      expression: `name <> '' and name = btrim(name) and char_length(name) <= 200`,
    },
    { name: 'specialization_description_check', expression: 'char_length(description) <= 20000' },
    { name: 'specialization_domain_check', expression: 'char_length(domain) <= 200' },
    { name: 'specialization_tags_check', expression: 'cardinality(tags) <= 50' },
    { name: 'specialization_rank_check', expression: 'rank > 0' },
    { name: 'specialization_parameter_count_check', expression: 'parameter_count >= 0' },
    { name: 'specialization_file_size_bytes_check', expression: 'file_size_bytes >= 0' },
    { name: 'specialization_sha256_check', expression: 'octet_length(sha256) = 32' },
    { name: 'specialization_tensor_hash_check', expression: 'octet_length(tensor_hash) = 32' },
    { name: 'specialization_version_check', expression: 'version >= 1' },
  ],
  indexes: [
    {
      name: 'specialization_user_id_name_unique',
      expression:
        'create unique index "specialization_user_id_name_unique" on "specialization" ("user_id", lower("name")) where deleted_at is null',
    },
    {
      name: 'specialization_user_id_index',
      expression:
        'create index "specialization_user_id_index" on "specialization" ("user_id", "created_at" desc, "id" desc)',
    },
  ],
});
export type Specialization = InferEntity<typeof Specialization>;
