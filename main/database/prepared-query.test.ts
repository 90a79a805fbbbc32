import { Client } from 'pg';
import { expect, onTestFinished, test, vi } from 'vitest';
import { runPrepared } from './prepared-query.ts';
import { openTestDatabase } from './testing.ts';

const sleeping = `select count(*)::int as count from pg_stat_activity
  where datname = current_database() and state = 'active' and query like 'select pg_sleep%'`;

async function open() {
  const { em, url } = await openTestDatabase({ migrated: false });
  const looking = new Client({ connectionString: url });
  await looking.connect();
  onTestFinished(() => looking.end());
  const countSleeping = async () => {
    const { rows } = await looking.query<{ count: number }>(sleeping);
    return rows[0]?.count;
  };
  return { em, countSleeping };
}

test('what is given up ends at once, also where it holds all connections and more are waiting for one', async () => {
  const { em, countSleeping } = await open();
  const cancelling = new AbortController();
  const all = Array.from({ length: 12 }, () =>
    runPrepared(em, { sql: 'select pg_sleep(600)', values: [] }, cancelling.signal),
  );
  const settled = Promise.allSettled(all);
  await vi.waitUntil(async () => (await countSleeping()) === 4, { timeout: 20_000 });
  const reason = new Error('given up');
  cancelling.abort(reason);
  for (const result of await settled) expect(result).toMatchObject({ status: 'rejected', reason });
  expect(await countSleeping()).toBe(0);
});

test('the next one on a connection is not hit by what was meant for the one before', async () => {
  const { em } = await open();
  for (let i = 0; i < 30; i++) {
    const cancelling = new AbortController();
    const short = runPrepared(em, { sql: 'select 1', values: [] }, cancelling.signal).catch(() => []);
    // Before it is sent, while it runs, and when it is just done.
    for (let turn = 0; turn < i % 10; turn++) await new Promise(setImmediate);
    cancelling.abort(new Error('given up'));
    await short;
    expect(await runPrepared(em, { sql: 'select 2 as two', values: [] })).toEqual([{ two: 2 }]);
  }
});

test('what the ORM asks afterwards on the same connection is planned as ever', async () => {
  const { em } = await open();
  const settings = `select current_setting('plan_cache_mode') as mode, current_setting('max_parallel_workers_per_gather') as processes`;
  const before = await em.execute(settings);
  const named = () => runPrepared(em, { name: 'settings', sql: settings, values: [] });
  expect(await named()).toEqual([{ mode: 'force_generic_plan', processes: '0' }]);
  expect(await em.execute(settings)).toEqual(before);
  expect(await named()).toEqual([{ mode: 'force_generic_plan', processes: '0' }]);
  expect(await em.transactional((inner) => inner.execute(settings))).toEqual(before);
});
