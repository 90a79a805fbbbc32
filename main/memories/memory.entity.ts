import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { memorySources } from '../../shared/schemas/memory.ts';
import { rowProperties } from '../database/row-properties.ts';
import { Document } from '../documents/document.entity.ts';
import { Session } from '../sessions/session.entity.ts';
import { User } from '../users/user.entity.ts';

/** What a person wanted to keep. Its earlier states are in `memory_version`, its pieces for the model in `memory_chunk`. */
export const Memory = defineEntity({
  name: 'Memory',
  properties: {
    ...rowProperties(),
    user: () => p.manyToOne(User).mapToPk().deleteRule('cascade'),
    session: () => p.manyToOne(Session).mapToPk().nullable().deleteRule('set null'),
    document: () => p.manyToOne(Document).mapToPk().nullable().deleteRule('set null'),
    title: p.text().nullable(),
    content: p.text(),
    /** SHA-256 of the content as it is kept: finds exact duplicates. */
    contentHash: p.uint8array(),
    importance: p.double().default(0.5),
    pinned: p.boolean().default(false),
    source: p.enum(memorySources),
    occurredAt: p.datetime(3),
    /** Counts the changes: whoever saves must have seen the latest. */
    version: p.integer().default(1),
    /** Random; goes into what the audit keeps about this row, so that nothing can be guessed from it after a purge. */
    seal: p.uuid().defaultRaw('gen_random_uuid()'),
    deletedAt: p.datetime(3).nullable(),
  },
  checks: [
    { name: 'memory_title_check', expression: `title <> '' and char_length(title) <= 500` },
    {
      name: 'memory_content_check',
      expression: `octet_length(content) <= 2097152 and (content <> '' or title is not null)`,
    },
    { name: 'memory_content_hash_check', expression: 'octet_length(content_hash) = 32' },
    { name: 'memory_importance_check', expression: `importance >= '0' and importance <= '1'` },
    { name: 'memory_version_check', expression: 'version >= 1' },
  ],
  indexes: [
    {
      name: 'memory_newest_index',
      expression:
        'create index "memory_newest_index" on "memory" ("user_id", "occurred_at" desc, "id" desc, "importance", "source") where deleted_at is null',
    },
    {
      name: 'memory_pinned_index',
      expression:
        'create index "memory_pinned_index" on "memory" ("user_id", "occurred_at" desc, "id" desc) where pinned and deleted_at is null',
    },
    {
      name: 'memory_trash_index',
      expression:
        'create index "memory_trash_index" on "memory" ("user_id", "deleted_at" desc, "id" desc) where deleted_at is not null',
    },
    {
      name: 'memory_session_index',
      expression:
        'create index "memory_session_index" on "memory" ("session_id", "user_id", (deleted_at is null), "occurred_at" desc, "id" desc)',
    },
    {
      name: 'memory_document_index',
      expression:
        'create index "memory_document_index" on "memory" ("document_id", "user_id", (deleted_at is null), "occurred_at" desc, "id" desc)',
    },
    { name: 'memory_content_hash_index', properties: ['user', 'contentHash'] },
  ],
});
export type Memory = InferEntity<typeof Memory>;
