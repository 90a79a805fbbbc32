import { expect, test } from 'vitest';
import { readActivity } from './activity.ts';
import { databaseName } from './connection.ts';
import { openTestDatabase } from './testing.ts';

const { connection, em } = await openTestDatabase();

test('the server says how large the library is, since when it runs and who is connected', async () => {
  const activity = await readActivity(em);
  expect(activity).toEqual({
    databaseBytes: expect.any(Number),
    startedAt: expect.any(Date),
    connections: expect.any(Number),
    where: expect.stringContaining(`/${databaseName(connection)}`),
  });
  expect(activity.databaseBytes).toBeGreaterThan(1_000_000);
  expect(activity.connections).toBeGreaterThan(0);
  expect(activity.startedAt.getTime()).toBeLessThanOrEqual(Date.now());
});
