import { AsyncLocalStorage } from 'node:async_hooks';
import { expect, test } from 'vitest';
import { Pace } from './pace.ts';

test('what is done is no part of the work of whoever asked for it', async () => {
  const work = new AsyncLocalStorage<string>();
  const seen: (string | undefined)[] = [];
  const { promise: isDone, resolve } = Promise.withResolvers<void>();
  const pace = new Pace(0, () => {
    seen.push(work.getStore());
    if (seen.length === 2) resolve();
    else pace.ask();
  });
  work.run('a transaction', () => pace.ask());
  await isDone;
  await pace.stop();
  expect(seen).toEqual([undefined, undefined]);
});
