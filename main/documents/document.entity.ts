import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { documentKinds } from '../../shared/schemas/document.ts';
import { rowProperties } from '../database/row-properties.ts';
import { User } from '../users/user.entity.ts';

/** The file or export that memories came from. The same bytes are one document, however often they arrive. */
export const Document = defineEntity({
  name: 'Document',
  properties: {
    ...rowProperties(),
    user: () => p.manyToOne(User).mapToPk().deleteRule('cascade'),
    name: p.text(),
    kind: p.enum(documentKinds),
    sizeBytes: p.bigint('number'),
    sha256: p.uint8array(),
    importedAt: p
      .datetime(3)
      .defaultRaw('now()')
      .onCreate(() => new Date()),
  },
  uniques: [{ name: 'document_user_id_sha256_unique', properties: ['user', 'sha256'] }],
  checks: [
    { name: 'document_name_check', expression: `name <> '' and char_length(name) <= 1000` },
    { name: 'document_size_bytes_check', expression: 'size_bytes >= 0' },
    { name: 'document_sha256_check', expression: 'octet_length(sha256) = 32' },
  ],
  indexes: [
    {
      name: 'document_newest_index',
      expression:
        'create index "document_newest_index" on "document" ("user_id", "imported_at" desc, "id" desc)',
    },
  ],
});
export type Document = InferEntity<typeof Document>;
