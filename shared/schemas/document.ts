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
