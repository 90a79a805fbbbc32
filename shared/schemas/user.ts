import { z } from 'zod';
import { textsNow } from '../texts/index.ts';
import { id } from './id.ts';
import { name } from './name.ts';
import { newSession } from './session.ts';

const email = z
  .string()
  .trim()
  .normalize('NFC')
  .max(254)
  .regex(/^[^\s@\p{C}]+@[^\s@\p{C}]+$/u, { error: () => textsNow().failures.person.email });

/** A person of this library. */
export const user = z.object({
  id,
  name: z.string(),
  email: z.string().nullable(),
  createdAt: z.iso.datetime(),
  /** Who is at work now. */
  current: z.boolean(),
});
export type User = z.infer<typeof user>;

/** `memories` are those that are not in the trash. */
export const countedUser = user.extend({ memories: z.int() });
export type CountedUser = z.infer<typeof countedUser>;

export const newUser = z.strictObject({
  name: name(200),
  email: email.nullable().default(null),
  /** A person begins with a session. */
  session: newSession.default({}),
});
export type NewUser = z.output<typeof newUser>;

export const userChange = z.strictObject({
  id,
  name: name(200).optional(),
  email: email.nullable().optional(),
});
export type UserChange = z.output<typeof userChange>;

/** Everything of a person goes with them, so whoever asks for it types the name. */
export const userRemoval = z.strictObject({
  id,
  confirmation: z.string().max(1000),
});
export type UserRemoval = z.output<typeof userRemoval>;
