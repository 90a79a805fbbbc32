import { z } from 'zod';
import { name } from './name.ts';

export const sessionTitle = name(200);

export const session = z.object({
  id: z.uuid(),
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
  expiresAt: z.iso.datetime().optional(),
});
export type NewSession = z.output<typeof newSession>;

/** The last of a page; the next begins after it. */
const cursor = z.strictObject({ startedAt: z.iso.datetime(), id: z.uuid() });

export const sessionPageRequest = z.strictObject({
  limit: z.int().min(1).max(200).default(50),
  after: cursor.optional(),
});
export type SessionPageRequest = z.output<typeof sessionPageRequest>;

export const sessionPage = z.object({ sessions: z.array(countedSession), next: cursor.nullable() });
export type SessionPage = z.infer<typeof sessionPage>;
