import { z } from 'zod';
import { id } from './id.ts';
import { instant } from './instant.ts';
import { name } from './name.ts';
import { pageCursor } from './page.ts';

export const sessionTitle = name(200);

export const session = z.object({
  id,
  title: z.string(),
  startedAt: z.iso.datetime(),
  /** The app ends it then, if nobody did before. */
  expiresAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
});
export type Session = z.infer<typeof session>;

/** `memories` are those of the session that are not in the trash. */
export const countedSession = session.extend({ memories: z.int() });
export type CountedSession = z.infer<typeof countedSession>;

/** Without a title it is called after its day; without an expiry it gets the one of the settings. */
export const newSession = z.strictObject({
  title: sessionTitle.optional(),
  expiresAt: instant.optional(),
});
export type NewSession = z.output<typeof newSession>;

export const sessionPage = z.object({
  sessions: z.array(countedSession),
  nextCursor: pageCursor.nullable(),
});
export type SessionPage = z.infer<typeof sessionPage>;
