import { z } from 'zod';

/** What a person is told when something keeps the library from opening. */
export const problem = z.object({
  code: z.string(),
  title: z.string(),
  meaning: z.string(),
  advice: z.string(),
});
export type Problem = z.infer<typeof problem>;

export const openingStages = [
  'checking',
  'creating',
  'starting',
  'recovering',
  'updating',
  'moving',
] as const;
export type OpeningStage = (typeof openingStages)[number];

/** How far search by meaning is; search by words does not wait for it. */
export const meaningState = z.discriminatedUnion('state', [
  z.object({ state: z.literal('loading') }),
  z.object({ state: z.literal('ready') }),
  z.object({
    state: z.literal('unavailable'),
    reason: z.enum(['missing', 'damaged', 'crashed']),
  }),
]);
export type MeaningState = z.infer<typeof meaningState>;

export const appStatus = z.discriminatedUnion('phase', [
  z.object({ phase: z.literal('opening'), stage: z.enum(openingStages) }),
  z.object({ phase: z.literal('ready'), meaning: meaningState }),
  z.object({ phase: z.literal('failed'), problem }),
  z.object({ phase: z.literal('closing') }),
]);
export type AppStatus = z.infer<typeof appStatus>;
