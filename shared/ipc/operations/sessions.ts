import { z } from 'zod';
import { id } from '../../schemas/id.ts';
import { undoable } from '../../schemas/undo.ts';
import { pageRequest } from '../../schemas/page.ts';
import { countedSession, newSession, session, sessionPage, sessionTitle } from '../../schemas/session.ts';
import { command, query } from '../define.ts';

const nothing = z.undefined();
const one = z.strictObject({ id });

export const sessionOperations = {
  /** The newest that has not ended. */
  current: query(nothing, session.nullable()),
  list: query(pageRequest, sessionPage),
  /** Null when there is none, or none any more. */
  find: query(one, countedSession.nullable()),
  start: command(newSession, session),
  rename: command(z.strictObject({ id, title: sessionTitle }), session),
  end: command(one, session),
  reopen: command(one, session),
  /** Its memories stay. */
  delete: command(one, undoable),
} as const;
