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

test('times are in UTC, whatever the server or the database prefers', async () => {
  const { em, connection, url } = await openTestDatabase();
  await em.execute(`alter database ${databaseName({ url })} set timezone to 'Asia/Kolkata'`);
  await em.execute(`alter database ${databaseName({ url })} set datestyle to 'German'`);
  const library = await openDatabase({ connection, log: silentLog });
  expect(
    await library.orm.em.fork().execute(`select '2026-03-01T12:00:00Z'::timestamptz::text as t`),
  ).toEqual([{ t: '2026-03-01 12:00:00+00' }]);
  await library.close();
});
