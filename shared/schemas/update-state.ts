import { z } from 'zod';
import { instant } from './instant.ts';

/** Where looking for a newer Loci stands. */
export const updateState = z.discriminatedUnion('state', [
  /** This Loci cannot: it was not packaged or not installed, or packaged without a place to look. */
  z.object({ state: z.literal('impossible') }),
  z.object({ state: z.literal('idle'), checkedAt: instant.nullable() }),
  z.object({ state: z.literal('checking') }),
  z.object({ state: z.literal('downloading'), version: z.string(), share: z.number().min(0).max(1) }),
  /** Downloaded and found genuine; it is installed when the person says so. */
  z.object({ state: z.literal('ready'), version: z.string() }),
  z.object({ state: z.literal('installing'), version: z.string() }),
  z.object({ state: z.literal('failed'), reason: z.enum(['unreachable', 'not-genuine']) }),
]);
export type UpdateState = z.infer<typeof updateState>;
