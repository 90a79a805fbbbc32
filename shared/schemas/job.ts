/** `interrupted` was running when the app ended; it can be resumed. */
export const jobStatuses = [
  'queued',
  'running',
  'paused',
  'interrupted',
  'succeeded',
  'failed',
  'cancelled',
] as const;
export type JobStatus = (typeof jobStatuses)[number];
