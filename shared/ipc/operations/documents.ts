import { z } from 'zod';
import { countedDocument, document, documentName, documentPage } from '../../schemas/document.ts';
import { id } from '../../schemas/id.ts';
import { pageRequest } from '../../schemas/page.ts';
import { undoable } from '../../schemas/undo.ts';
import { command, query } from '../define.ts';

export const documentOperations = {
  list: query(pageRequest, documentPage),
  /** Those of them that exist, in the order asked for. */
  find: query(z.strictObject({ ids: z.array(id).max(1000) }), z.array(countedDocument)),
  rename: command(z.strictObject({ id, name: documentName }), document),
  /** The memories from it stay. */
  delete: command(z.strictObject({ id }), undoable),
} as const;
