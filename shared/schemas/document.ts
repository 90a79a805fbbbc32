import { z } from 'zod';
import { id } from './id.ts';
import { name } from './name.ts';
import { pageCursor } from './page.ts';

/** What a document is, for its icon and for the way it is read. */
export const documentKinds = [
  'text',
  'markdown',
  'html',
  'pdf',
  'table',
  'json',
  'image',
  'conversation',
  'archive',
  'other',
] as const;
export type DocumentKind = (typeof documentKinds)[number];

export const documentName = name(1000);

export const document = z.object({
  id,
  name: z.string(),
  kind: z.enum(documentKinds),
  sizeBytes: z.int(),
  /** Of its bytes, in hexadecimal. */
  sha256: z.string(),
  importedAt: z.iso.datetime(),
});
export type Document = z.infer<typeof document>;

/** `memories` are those from it that are not in the trash. */
export const countedDocument = document.extend({ memories: z.int() });
export type CountedDocument = z.infer<typeof countedDocument>;

export const documentPage = z.object({
  documents: z.array(countedDocument),
  nextCursor: pageCursor.nullable(),
});
export type DocumentPage = z.infer<typeof documentPage>;
