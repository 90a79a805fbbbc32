import { mkdtemp, rm } from 'node:fs/promises';
import net, { type Socket } from 'node:net';
import path from 'node:path';
import { IsolationLevel, type EntityManager } from '@mikro-orm/postgresql';
import { expect, onTestFinished, test } from 'vitest';
import { silentLog } from '../logging/log.ts';
import { openCluster } from '../postgres/cluster.ts';
import { binariesDir, temporaryParent } from '../postgres/testing.ts';
import { User } from '../users/user.entity.ts';
import type { DatabaseConnection } from './connection.ts';
import { isConnectionLost, isServerBack } from './lost-connection.ts';
import { openDatabase } from './orm.ts';
import { openTestDatabase } from './testing.ts';
import { inTransaction, writtenAtTheEnd } from './transaction.ts';

const { connection, em, newEm, url } = await openTestDatabase();
await em.execute('create table mark (id int generated always as identity, name text not null)');

const marksOf = async (name: string, by: EntityManager = em) =>
  (await by.execute<{ id: number }[]>('select id from mark where name = ?', [name])).length;
const mark = (own: EntityManager, name: string) => own.execute('insert into mark (name) values (?)', [name]);

async function backendOf(own: EntityManager): Promise<number> {
  const [row] = await own.execute<{ pid: number }[]>('select pg_backend_pid() as pid');
  return row?.pid ?? 0;
}
const terminate = (pid: number) => em.fork().execute('select pg_terminate_backend(?)', [pid]);

/** Lets as many come as are expected, then all of them go on. */
function meetingOf(count: number): () => Promise<void> {
  let open = () => {};
  const all = new Promise<void>((resolve) => {
    open = resolve;
  });
  return async () => {
    if (--count === 0) open();
    await all;
  };
}

test('two changes that wait for each other are both saved, each once', async () => {
  await em.execute(`create table account (id int primary key, balance int not null)`);
  await em.execute('insert into account values (1, 0), (2, 0)');
  const bothHoldOne = meetingOf(2);
  const runs: number[] = [];
  const add = (first: number, second: number) => {
    const own = newEm();
    return inTransaction(own, async () => {
      runs.push(first);
      await own.execute('update account set balance = balance + 1 where id = ?', [first]);
      if (runs.length <= 2) await bothHoldOne();
      await own.execute('update account set balance = balance + 1 where id = ?', [second]);
    });
  };
  await Promise.all([add(1, 2), add(2, 1)]);
  expect(runs).toHaveLength(3);
  expect(await em.execute('select id, balance from account order by id')).toEqual([
    { id: 1, balance: 2 },
    { id: 2, balance: 2 },
  ]);
});

test('a change on the ground of what has changed since is made again on the ground of the new', async () => {
  await em.execute('create table counter (value int not null)');
  await em.execute('insert into counter values (0)');
  const bothHaveRead = meetingOf(2);
  let runs = 0;
  const count = async () => {
    const own = newEm();
    await inTransaction(own, async () => {
      const first = ++runs <= 2;
      await own.execute(`set transaction isolation level ${IsolationLevel.SERIALIZABLE}`);
      const [row] = await own.execute<{ value: number }[]>('select value from counter');
      if (first) await bothHaveRead();
      await own.execute('update counter set value = ?', [(row?.value ?? 0) + 1]);
    });
  };
  await Promise.all([count(), count()]);
  expect(await em.execute('select value from counter')).toEqual([{ value: 2 }]);
  expect(runs).toBe(3);
});

test('a conflict that never ends is told after three more tries', async () => {
  const own = newEm();
  let runs = 0;
  const endless = inTransaction(own, async () => {
    runs++;
    await mark(own, 'endless');
    await own.execute(`do $$ begin raise sqlstate '40001'; end $$`);
  });
  await expect(endless).rejects.toMatchObject({ code: '40001' });
  expect([runs, await marksOf('endless')]).toEqual([4, 0]);
});

test('what cannot work is not tried again', async () => {
  const own = newEm();
  let runs = 0;
  const impossible = inTransaction(own, async () => {
    runs++;
    await own.execute('insert into mark (name) values (null)');
  });
  await expect(impossible).rejects.toMatchObject({ code: '23502' });
  expect(runs).toBe(1);
});

test('notes of a try that came to nothing are not written', async () => {
  const written: string[] = [];
  const note = writtenAtTheEnd<string>(async (notes) => void written.push(...notes));
  const own = newEm();
  let runs = 0;
  await inTransaction(own, async () => {
    note(`of try ${++runs}`);
    if (runs === 1) await own.execute(`do $$ begin raise sqlstate '40P01'; end $$`);
  });
  expect(written).toEqual(['of try 2']);
});

test('a connection that breaks in the middle costs nothing: all is done again, once', async () => {
  const own = newEm();
  let runs = 0;
  await inTransaction(own, async () => {
    await mark(own, 'middle');
    // A part within the whole goes with it.
    await inTransaction(own, async () => {
      await mark(own, 'middle');
      if (++runs === 1) {
        await terminate(await backendOf(own));
        await mark(own, 'middle');
      }
    });
  });
  expect([runs, await marksOf('middle')]).toEqual([2, 2]);
});

test('a connection that breaks each time is told after the second', async () => {
  const own = newEm();
  let runs = 0;
  const lost = inTransaction(own, async () => {
    runs++;
    await mark(own, 'each time');
    await terminate(await backendOf(own));
    await mark(own, 'each time');
  });
  await expect(lost).rejects.toSatisfy(isConnectionLost);
  expect([runs, await marksOf('each time')]).toEqual([2, 0]);
});

test('a server process that dies in the commit, before it is saved, is replaced and all saved once', async () => {
  await em.execute('create table fuse (burnt bool)');
  await em.execute('create sequence fuse_sequence');
  // A sequence is not rolled back: the first commit dies, the second passes.
  await em.execute(`
    create function die_once() returns trigger language plpgsql as $$ begin
      if nextval('fuse_sequence') = 1 then perform pg_terminate_backend(pg_backend_pid()); perform pg_sleep(60); end if;
      return null;
    end $$`);
  await em.execute(`
    create constraint trigger die_once after insert on fuse deferrable initially deferred
    for each row execute function die_once()`);
  const own = newEm();
  let runs = 0;
  await inTransaction(own, async () => {
    runs++;
    await own.execute('insert into fuse values (true)');
    await mark(own, 'fuse');
  });
  expect([runs, await marksOf('fuse')]).toEqual([2, 1]);
});

/** A network between the app and the server, which can break at the worst of times. */
async function breakableNetwork() {
  let breakAt: 'before the commit arrives' | 'before its answer arrives' | undefined;
  let staysDown = false;
  let tellBroken = () => {};
  const answerLost = new Promise<void>((resolve) => {
    tellBroken = resolve;
  });
  let isDown = false;
  const sockets = new Set<Socket>();
  const open = () => {
    if ('host' in connection && connection.host.startsWith('/'))
      return net.connect(path.join(connection.host, `.s.PGSQL.${connection.port}`));
    const { hostname, port } = new URL(url);
    return net.connect(Number(port || 5432), hostname);
  };
  const server = net.createServer((client) => {
    if (isDown) {
      client.destroy();
      return;
    }
    const upstream = open();
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
    }
    client.on('data', (bytes) => {
      // The frontend's simple query: Q, four bytes of length, the text.
      const isCommit = bytes.toString('latin1').startsWith('commit', 5);
      const at = isCommit ? breakAt : undefined;
      if (at) {
        breakAt = undefined;
        isDown = staysDown;
      }
      // The other end is not told: it would wait for the commit for hours.
      if (at === 'before the commit arrives') client.destroy();
      else upstream.write(bytes);
      if (at !== 'before its answer arrives') return;
      upstream.removeAllListeners('data');
      upstream.once('data', () => {
        client.destroy();
        upstream.destroy();
        tellBroken();
      });
    });
    upstream.on('data', (bytes) => client.write(bytes));
    client.on('end', () => upstream.end());
    upstream.on('end', () => client.end());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port');
  const proxied: DatabaseConnection =
    'host' in connection
      ? { ...connection, host: '127.0.0.1', port: address.port }
      : { url: Object.assign(new URL(url), { host: `127.0.0.1:${address.port}` }).href };
  const database = await openDatabase({ connection: proxied, log: silentLog, poolSize: 2, closeGraceMs: 1 });
  onTestFinished(async () => {
    await database.close();
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return {
    own: database.orm.em.fork({ useContext: true }),
    close: () => database.close(),
    answerLost,
    breakAtCommit(at: NonNullable<typeof breakAt>, { forGood = false } = {}) {
      breakAt = at;
      staysDown = forGood;
    },
    setDown(down: boolean) {
      isDown = down;
      if (down) for (const socket of sockets) socket.destroy();
    },
  };
}

test('when the answer to the commit is lost, the server is asked, and nothing is written twice', async () => {
  const network = await breakableNetwork();
  const { own } = network;
  let runs = 0;
  const result = await inTransaction(own, async () => {
    runs++;
    await mark(own, 'answer lost');
    network.breakAtCommit('before its answer arrives');
    return 'the result';
  });
  expect(result).toBe('the result');
  expect([runs, await marksOf('answer lost')]).toEqual([1, 1]);
});

test('when the commit never arrives, what waits for it is ended and all done again', async () => {
  const network = await breakableNetwork();
  const { own } = network;
  let runs = 0;
  await inTransaction(own, async () => {
    if (++runs === 1) network.breakAtCommit('before the commit arrives');
    await mark(own, 'commit lost');
  });
  expect([runs, await marksOf('commit lost')]).toEqual([2, 1]);
  const waiting = `select from pg_stat_activity
    where state = 'idle in transaction' and datname = current_database()`;
  expect(await em.execute(waiting)).toEqual([]);
});

test('when nobody can tell whether it was saved, that is what is said', async () => {
  const network = await breakableNetwork();
  const { own } = network;
  const unknown = inTransaction(own, async () => {
    await mark(own, 'unknown');
    network.breakAtCommit('before its answer arrives', { forGood: true });
  });
  const told = expect(unknown).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('cannot tell whether it was'),
  });
  await network.answerLost;
  await network.close();
  await told;
  expect(await marksOf('unknown')).toBe(1);
});

test('what was read before is read anew when all is done again', async () => {
  const own = newEm();
  const user = own.create(User, { name: 'Before', email: null });
  await own.flush();
  const seen: string[] = [];
  await inTransaction(own, async () => {
    const { name } = await own.findOneOrFail(User, user.id);
    seen.push(name);
    if (seen.length > 1) return;
    // Somebody else: a plain fork does not take part.
    await em.fork().execute(`update app_user set name = 'After' where id = ?`, [user.id]);
    await own.execute(`do $$ begin raise sqlstate '40001'; end $$`);
  });
  expect(seen).toEqual(['Before', 'After']);
});

test('a transaction that begins while the server is away waits for it', async () => {
  const network = await breakableNetwork();
  const { own } = network;
  network.setDown(true);
  const saved = inTransaction(own, () => mark(own, 'patient'));
  await expect(own.fork().execute('select 1')).rejects.toSatisfy(isConnectionLost);
  network.setDown(false);
  await saved;
  expect(await marksOf('patient')).toBe(1);
});

test('reading outside of a transaction may be tried again when the server is back, and only then', async () => {
  const network = await breakableNetwork();
  const own = network.own.fork();
  await own.execute('select 1');
  network.setDown(true);
  const error: unknown = await own.execute('select 1').catch((reason: unknown) => reason);
  network.setDown(false);
  expect(await isServerBack(own, error)).toBe(true);
  expect(await own.execute('select 1 as here')).toEqual([{ here: 1 }]);
  const mistake: unknown = await own.execute('selec 1').catch((reason: unknown) => reason);
  expect(await isServerBack(own, mistake)).toBe(false);
});

test('what is under way when the library is closed is not begun again', async () => {
  const app = await openDatabase({ connection, log: silentLog, poolSize: 2, closeGraceMs: 1 });
  const own = app.orm.em.fork({ useContext: true });
  let runs = 0;
  let closed: Promise<void> | undefined;
  const cutOff = inTransaction(own, async () => {
    runs++;
    await mark(own, 'closed');
    closed = app.close();
    await own.execute('select pg_sleep(600)');
  });
  await expect(cutOff).rejects.toThrow();
  await closed;
  expect([runs, await marksOf('closed')]).toEqual([1, 0]);
});

test('a server that is stopped and started again is waited for, and nothing is lost or doubled', async () => {
  const libraryDir = await mkdtemp(path.join(temporaryParent, 'loci-restarted-'));
  const cluster = await openCluster(
    { binariesDir, libraryDir, log: silentLog, appVersion: 'test' },
    { throwAway: true },
  );
  const app = await openDatabase({ connection: cluster.connection, log: silentLog, poolSize: 4 });
  onTestFinished(async () => {
    await app.close();
    await cluster.stop();
    await rm(libraryDir, { recursive: true, force: true });
  });
  const forks = () => app.orm.em.fork({ useContext: true });
  const looking = forks();
  await looking.execute('create table mark (id int generated always as identity, name text not null)');

  const names = Array.from({ length: 40 }, (_, index) => `restart ${index}`);
  let restarted: Promise<void> | undefined;
  const writers = [0, 1, 2, 3].map(async (writer) => {
    const own = forks();
    for (const [index, name] of names.entries()) {
      if (index % 4 !== writer) continue;
      await inTransaction(own, async () => {
        await mark(own, name);
        if (index === 17) restarted ??= cluster.restart();
        await mark(own, name);
      });
    }
  });
  await Promise.all(writers);
  await restarted;
  expect(await looking.execute(`select name from mark group by name having count(*) = 2`)).toHaveLength(
    names.length,
  );
  expect(await looking.execute('select count(*)::int as n from mark')).toEqual([{ n: 2 * names.length }]);
});

test('what is saved stays told as saved when somebody who hears of it fails, and the others hear of it', async () => {
  const messages: string[] = [];
  const log = { ...silentLog, info: (message: string) => void messages.push(message) };
  const app = await openDatabase({ connection, log, poolSize: 2 });
  onTestFinished(() => app.close());
  const own = app.orm.em.fork({ useContext: true });
  const heard: unknown[] = [];
  const failing = writtenAtTheEnd(
    async () => undefined,
    () => {
      throw Object.assign(new Error('The window is gone'), { code: 'EPIPE' });
    },
  );
  const hearing = writtenAtTheEnd<string>(
    async () => undefined,
    (notes) => void heard.push(...notes),
  );
  const result = await inTransaction(own, async () => {
    failing('first');
    hearing('second');
    await mark(own, 'told');
    return 'done';
  });
  expect([result, await marksOf('told'), heard]).toEqual(['done', 1, ['second']]);
  expect(messages.filter((message) => message.includes('The window is gone'))).toHaveLength(1);
});
