import { expect, test } from 'vitest';
import { openTestDatabase } from './testing.ts';

const { em } = await openTestDatabase();

test('keys made by the server are of version 7 and say when they were made', async () => {
  const made = await em.execute<{ id: string; before: string; after: string }[]>(
    `select floor(extract(epoch from clock_timestamp()) * 1000)::text as before, uuid_v7() as id,
            floor(extract(epoch from clock_timestamp()) * 1000)::text as after
     from generate_series(1, 2000)`,
  );
  for (const { id, before, after } of made) {
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const at = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
    expect(at).toBeGreaterThanOrEqual(Number(before));
    expect(at).toBeLessThanOrEqual(Number(after));
  }
  expect(new Set(made.map(({ id }) => id)).size).toBe(made.length);
});

test('of two keys the one made later sorts later', async () => {
  const made: string[] = [];
  for (let count = 0; count < 20; count++) {
    const [row] = await em.execute<{ id: string }[]>(
      // Keys of one millisecond are in no order among each other.
      `select uuid_v7() as id from pg_sleep(0.002)`,
    );
    made.push(String(row?.id));
  }
  expect(made).toEqual(made.toSorted());
  expect(await em.execute(`select uuid_v7() > ?::uuid as later from pg_sleep(0.002)`, [made.at(-1)])).toEqual(
    [{ later: true }],
  );
});
