import { z } from 'zod';
import { countedDocument, document, documentName, documentPage } from '../../schemas/document.ts';
import { pageRequest } from '../../schemas/page.ts';
import { undoable } from '../../schemas/undo.ts';
import { operation } from '../define.ts';

export const documentOperations = {
  list: operation(pageRequest, documentPage),
  /** Those of them that exist, in the order asked for. */
  find: operation(z.strictObject({ ids: z.array(z.uuid()).max(1000) }), z.array(countedDocument)),
  rename: operation(z.strictObject({ id: z.uuid(), name: documentName }), document),
  /** The memories from it stay. */
  delete: operation(z.strictObject({ id: z.uuid() }), undoable),
} as const;
