import { z } from 'zod';
import { undoable } from '../../schemas/undo.ts';
import { pageRequest } from '../../schemas/page.ts';
import { newSession, session, sessionPage, sessionTitle } from '../../schemas/session.ts';
import { operation } from '../define.ts';

const nothing = z.undefined();
const one = z.strictObject({ id: z.uuid() });

export const sessionOperations = {
  /** The newest that has not ended. */
  current: operation(nothing, session.nullable()),
  list: operation(pageRequest, sessionPage),
  start: operation(newSession, session),
  rename: operation(z.strictObject({ id: z.uuid(), title: sessionTitle }), session),
  end: operation(one, session),
  reopen: operation(one, session),
  /** Its memories stay. */
  delete: operation(one, undoable),
} as const;
