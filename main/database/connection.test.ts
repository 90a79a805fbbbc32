import { expect, test } from 'vitest';
import { silentLog } from '../logging/log.ts';
import { connectionUrl, databaseName } from './connection.ts';
import { openDatabase } from './orm.ts';
import { openTestDatabase } from './testing.ts';

test('a library is found by its URL, through a socket too', async () => {
  const { url, em } = await openTestDatabase();
  const byUrl = await openDatabase({ connection: { url }, log: silentLog });
  const place = 'select current_database() as database, current_user as user';
  expect(await byUrl.orm.em.fork().execute(place)).toEqual(await em.execute(place));
  await byUrl.close();
});

test('whatever a folder, user or password is called, the URL holds it', () => {
  const connection = {
    host: '/tmp/a b/ü@:?#',
    port: 5433,
    user: 'me@home',
    password: 'p/w:d?#%',
    database: 'my library',
  };
  const url = connectionUrl(connection);
  const { hostname, port, username, password } = new URL(url);
  expect([hostname, username, password].map(decodeURIComponent)).toEqual([
    connection.host,
    connection.user,
    connection.password,
  ]);
  expect(port).toBe('5433');
  expect(databaseName({ url })).toBe('my library');
  expect(databaseName(connection)).toBe('my library');
});

test('values are read and written alike, whatever the server or the database prefers', async () => {
  const { em, connection, url } = await openTestDatabase();
  const habits = {
    timezone: 'Asia/Kolkata',
    datestyle: 'German',
    intervalstyle: 'sql_standard',
    extra_float_digits: '-5',
    bytea_output: 'escape',
    array_nulls: 'off',
    standard_conforming_strings: 'off',
    default_transaction_isolation: 'serializable',
  };
  for (const [name, value] of Object.entries(habits))
    await em.execute(`alter database ${databaseName({ url })} set ${name} to '${value}'`);
  const library = await openDatabase({ connection, log: silentLog });
  const own = library.orm.em.fork();
  expect(
    await own.execute(
      `select '2026-03-01T12:00:00Z'::timestamptz::text as time,
              jsonb_build_array('2026-03-01T12:00:00Z'::timestamptz, 0.1::float8 + 0.2::float8, '\\x00ff'::bytea)::text as audited,
              '1 day 2 hours'::interval::text as span, '{NULL}'::text[] as list, ? as text,
              current_setting('transaction_isolation') as isolation`,
      ["a \\ and a '"],
    ),
  ).toEqual([
    {
      time: '2026-03-01 12:00:00+00',
      audited: String.raw`["2026-03-01T12:00:00+00:00", 0.30000000000000004, "\\x00ff"]`,
      span: '1 day 02:00:00',
      list: [null],
      text: "a \\ and a '",
      isolation: 'read committed',
    },
  ]);
  await library.close();
});
