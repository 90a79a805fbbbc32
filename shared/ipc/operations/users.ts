import { z } from 'zod';
import { countedUser, newUser, user, userChange, userRemoval } from '../../schemas/user.ts';
import { operation } from '../define.ts';

const nothing = z.undefined();
const one = z.strictObject({ id: z.uuid() });

export const userOperations = {
  list: operation(nothing, z.array(countedUser)),
  create: operation(newUser, user),
  change: operation(userChange, user),
  /** From then on everything is read and written on behalf of this person. */
  switch: operation(one, user),
  /** Cannot be undone. Answers with who is at work afterwards. */
  remove: operation(userRemoval, user),
} as const;
