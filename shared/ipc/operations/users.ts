import { z } from 'zod';
import { id } from '../../schemas/id.ts';
import { countedUser, newUser, user, userChange, userRemoval } from '../../schemas/user.ts';
import { command, query } from '../define.ts';

const nothing = z.undefined();
const one = z.strictObject({ id });

export const userOperations = {
  list: query(nothing, z.array(countedUser)),
  create: command(newUser, user),
  change: command(userChange, user),
  /** From then on everything is read and written on behalf of this person. */
  switch: command(one, user),
  /** Cannot be undone. Answers with who is at work afterwards. */
  remove: command(userRemoval, user),
} as const;
