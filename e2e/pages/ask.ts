import { expect, type AppInUse } from '../fixtures.ts';

/** What the page would ask of main, for what a test needs to be there; fails when main refuses. */
export async function ask(loci: AppInUse, channel: string, input?: unknown): Promise<unknown> {
  const answer = await loci.call(channel, input);
  expect(answer).toMatchObject({ ok: true });
  return (answer as { value: unknown }).value;
}
