import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { rowProperties } from '../database/row-properties.ts';
import { User } from '../users/user.entity.ts';

/** A stretch of work that memories are captured in. It ends by hand or when it expires; it keeps nothing alive. */
export const Session = defineEntity({
  name: 'Session',
  properties: {
    ...rowProperties(),
    user: () => p.manyToOne(User).mapToPk().deleteRule('cascade'),
    title: p.text(),
    startedAt: p
      .datetime(3)
      .defaultRaw('now()')
      .onCreate(() => new Date()),
    expiresAt: p.datetime(3),
    endedAt: p.datetime(3).nullable(),
  },
  checks: [
    { name: 'session_title_check', expression: `title <> '' and char_length(title) <= 200` },
    { name: 'session_expires_at_check', expression: 'expires_at > started_at' },
    { name: 'session_ended_at_check', expression: 'ended_at >= started_at' },
  ],
  indexes: [
    {
      name: 'session_newest_index',
      expression:
        'create index "session_newest_index" on "session" ("user_id", "started_at" desc, "id" desc)',
    },
    {
      name: 'session_open_index',
      expression: 'create index "session_open_index" on "session" ("expires_at") where ended_at is null',
    },
  ],
});
export type Session = InferEntity<typeof Session>;
