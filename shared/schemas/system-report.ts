import { z } from 'zod';

/** What the status page shows: measured when asked, nothing remembered. */
export const systemReport = z.object({
  versions: z.object({
    app: z.string(),
    electron: z.string(),
    chrome: z.string(),
    node: z.string(),
    postgres: z.string(),
    pgvector: z.string(),
  }),
  model: z
    .object({ name: z.string(), revision: z.string(), dimension: z.number(), loadMs: z.number() })
    .nullable(),
  library: z.object({
    /** For people to read and find again; the page can do nothing with it. */
    location: z.string(),
    sizeBytes: z.number(),
    databaseBytes: z.number(),
    createdAt: z.iso.datetime(),
  }),
  server: z.object({
    startedAt: z.iso.datetime(),
    connections: z.number(),
    reachedBy: z.enum(['socket', 'loopback', 'address']),
    /** Of one that is not ours. */
    address: z.string().nullable(),
  }),
  processes: z.array(
    z.object({
      kind: z.enum(['app', 'page', 'graphics', 'model', 'database', 'other']),
      count: z.number(),
      memoryBytes: z.number(),
    }),
  ),
});
export type SystemReport = z.infer<typeof systemReport>;
