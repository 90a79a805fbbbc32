import { IsolationLevel, OptimisticLockError } from '@mikro-orm/core';
import { MikroORM } from '@mikro-orm/postgresql';
import { expect, test } from 'vitest';
import { ormOptions } from '../database/orm-options.ts';
import { openTestDatabase } from '../database/testing.ts';
import { silentLog } from '../logging/log.ts';
import { Setting } from '../settings/setting.entity.ts';
import { User } from '../users/user.entity.ts';
import { meaningsByConstraint } from './constraint-meanings.ts';
import { toLociError, violatedConstraint } from './database-error.ts';

const { em, newEm, url } = await openTestDatabase();
await em.execute('create table parent (id int primary key)');
await em.execute('create table child (id int references parent (id) on delete restrict, short varchar(3))');

async function errorOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error('Nothing went wrong');
}

const failureOf = async (work: Promise<unknown>) => toLociError(await errorOf(work));
const sql = (text: string, values?: unknown[]) => newEm().execute(text, values);

async function addUser(name: string, email: string | null = null): Promise<string> {
  const own = newEm();
  const user = own.create(User, { name, email });
  await own.flush();
  return user.id;
}

async function addSetting(user: string, key: string): Promise<void> {
  const own = newEm();
  own.create(Setting, { user, key, value: 1 });
  await own.flush();
}

test('a second of what there can be only one of is a conflict, and a service can tell which', async () => {
  await addUser('Ada', 'ada@example.org');
  const error = await errorOf(addUser('Ada', 'ADA@example.org'));
  expect(toLociError(error)).toMatchObject({ code: 'conflict', message: expect.stringContaining('already') });
  expect(violatedConstraint(error)).toBe('app_user_email_unique');
});

test('each rule that a person can break has a sentence of its own, and is a rule of the library', async () => {
  const constraints = await newEm().execute<{ name: string; kind: string }[]>(
    `select conname as name, contype::text as kind from pg_constraint where connamespace = 'public'::regnamespace
     union select indexrelid::regclass::text, 'u' from pg_index where indisunique`,
  );
  const kinds = new Map(constraints.map(({ name, kind }) => [name, kind]));
  const codes = Object.entries(meaningsByConstraint).map(([name, [code]]) => [name, kinds.get(name), code]);
  const codesOfKinds: Record<string, string> = { u: 'conflict', f: 'not_found', c: 'invalid_input' };
  expect(codes).toEqual(codes.map(([name, kind = 'no such constraint']) => [name, kind, codesOfKinds[kind]]));
});

test('what is refused is named: the name that is taken, the value that does not fit, what is gone', async () => {
  const user = await addUser('Grace');
  const addTag = (name: string, owner = user) =>
    sql('insert into tag (id, user_id, name) values (gen_random_uuid(), ?, ?)', [owner, name]);
  await addTag('Garden');
  expect(await failureOf(addTag('garden'))).toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('tag with this name'),
  });
  expect(await failureOf(addTag(' garden'))).toMatchObject({
    code: 'invalid_input',
    message: expect.stringContaining('tag’s name'),
  });
  expect(await failureOf(addTag('a', '00000000-0000-7000-8000-000000000000'))).toMatchObject({
    code: 'not_found',
    message: expect.stringContaining('person'),
  });
  const addMemory = (importance: number, session: string | null) =>
    sql(
      `insert into memory (id, user_id, session_id, content, content_hash, importance, source, occurred_at)
       values (gen_random_uuid(), ?, ?, 'x', sha256('x'), ?, 'note', now())`,
      [user, session, importance],
    );
  expect(await failureOf(addMemory(2, null))).toMatchObject({
    code: 'invalid_input',
    message: expect.stringContaining('between 0 and 1'),
  });
  expect(await failureOf(addMemory(1, user))).toMatchObject({
    code: 'not_found',
    message: expect.stringContaining('session'),
  });
});

test('no message to a person quotes a value, a table or a query', async () => {
  for (const work of [
    () => addUser('Ada', 'ada@example.org'),
    () => sql(`select 'my secret'::uuid`),
    () => sql(`insert into child (short) values ('my secret')`),
    () => sql(`select 'my\0secret'`),
  ]) {
    const failure = await failureOf(work());
    expect(failure?.message).not.toMatch(/secret|ada@|app_user|insert|select|child/i);
    expect(failure?.details).toBeUndefined();
  }
});

test('what something belongs to is gone', async () => {
  expect(await failureOf(addSetting('00000000-0000-7000-8000-000000000000', 'a'))).toMatchObject({
    code: 'not_found',
  });
  expect(await failureOf(newEm().findOneOrFail(User, { name: 'nobody' }))).toMatchObject({
    code: 'not_found',
  });
});

test('what is still used cannot be removed', async () => {
  await sql('insert into parent values (1); insert into child values (1)');
  expect(await failureOf(sql('delete from parent'))).toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('still used'),
  });
});

test('what does not fit is invalid input', async () => {
  for (const work of [
    () => addUser(''),
    () => addUser('x'.repeat(201)),
    () => addSetting('not an id', 'a'),
    () => sql(`insert into app_user (id) values (gen_random_uuid())`),
    () => sql(`insert into child (short) values ('four')`),
    () => sql('select ?::text', ['a\0b']),
    () => sql('select ?::jsonb', [JSON.stringify({ a: 'b\0c' })]),
    () => sql(`select '2026-02-30'::date`),
    () => sql(`select 3000000000::int`),
    () => sql(`select 'x' ~ '('`),
  ]) {
    expect(await failureOf(work())).toMatchObject({ code: 'invalid_input' });
  }
});

test('a date that cannot be kept is called a date', async () => {
  for (const date of ['0000-01-01', '2026-02-30', 'the day before', '300000-01-01']) {
    expect(await failureOf(sql('select ?::timestamptz', [date]))).toMatchObject({
      code: 'invalid_input',
      message: expect.stringMatching(/^A date/),
    });
  }
});

test('two changes that cross each other: one is saved, the other is asked to try again', async () => {
  const [one, other] = [newEm(), newEm()];
  const ids = [await addUser('One'), await addUser('Other')];
  const rename = (own: typeof one, id: string | undefined) =>
    own.execute(`update app_user set name = name || '!' where id = ?`, [id]);
  await Promise.all([one.begin(), other.begin()]);
  await Promise.all([rename(one, ids[0]), rename(other, ids[1])]);
  const both = await Promise.allSettled([
    rename(one, ids[1]).finally(() => one.rollback()),
    rename(other, ids[0]).finally(() => other.rollback()),
  ]);
  const failures = both.flatMap((end) => (end.status === 'rejected' ? [toLociError(end.reason)] : []));
  expect(failures).toMatchObject([{ code: 'conflict' }]);
});

test('a change on the ground of something that has changed since is a conflict', async () => {
  const [one, other] = [newEm(), newEm()];
  const id = await addUser('One');
  const isolationLevel = IsolationLevel.SERIALIZABLE;
  await Promise.all([one.begin({ isolationLevel }), other.begin({ isolationLevel })]);
  for (const own of [one, other]) await own.execute('select name from app_user');
  const rename = `update app_user set name = 'Two' where id = ?`;
  await one.execute(rename, [id]);
  await one.commit();
  expect(await failureOf(other.execute(rename, [id]))).toMatchObject({ code: 'conflict' });
  await other.rollback();
  expect(toLociError(OptimisticLockError.lockFailed('Memory'))).toMatchObject({ code: 'conflict' });
});

test('what something else holds is not waited for without end', async () => {
  const [one, other] = [newEm(), newEm()];
  await Promise.all([one.begin(), other.begin()]);
  await one.execute('lock table parent');
  await other.execute(`set local lock_timeout to '1ms'`);
  expect(await failureOf(other.execute('lock table parent'))).toMatchObject({ code: 'unavailable' });
  await Promise.all([one.rollback(), other.rollback()]);
});

/** Runs something endless, and `end` on its server process once it is under way. */
async function interrupted(end: 'pg_cancel_backend' | 'pg_terminate_backend'): Promise<unknown> {
  const own = newEm();
  await own.begin();
  const [row] = await own.execute<{ pid: number }[]>('select pg_backend_pid() as pid');
  const running = errorOf(own.execute('select pg_sleep(600)'));
  const underWay = `select from pg_stat_activity where pid = ? and wait_event = 'PgSleep'`;
  while ((await sql(underWay, [row?.pid])).length === 0);
  await sql(`select ${end}(?)`, [row?.pid]);
  const error = await running;
  await own.rollback().catch(() => undefined);
  return error;
}

test('what a person cancels is cancelled, what takes too long is not called so', async () => {
  expect(toLociError(await interrupted('pg_cancel_backend'))).toMatchObject({ code: 'cancelled' });
  const own = newEm();
  await own.begin();
  await own.execute(`set local statement_timeout to '1ms'`);
  expect(await failureOf(own.execute('select pg_sleep(600)'))).toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('too long'),
  });
  await own.rollback();
  const signal = AbortSignal.abort();
  expect(await failureOf(newEm().fork({ signal }).find(User, {}))).toMatchObject({ code: 'cancelled' });
});

test('a database that goes away is unavailable, and the next query finds it again', async () => {
  expect(toLociError(await interrupted('pg_terminate_backend'))).toMatchObject({ code: 'unavailable' });
  expect(await sql('select 1 as here')).toEqual([{ here: 1 }]);
});

test('a database that is not there is unavailable', async () => {
  const wrongName = new URL(url);
  wrongName.pathname = '/not_there';
  for (const address of [wrongName.href, 'postgresql://x@127.0.0.1:1/x', 'postgresql://x@%2Fno%2Ffolder/x']) {
    const orm = new MikroORM(ormOptions({ connection: { url: address }, log: silentLog }));
    expect(await failureOf(orm.em.fork().execute('select 1'))).toMatchObject({ code: 'unavailable' });
    await orm.close(true);
  }
});

test('a disk that is full or broken, or rights that are missing, are said as they are', async () => {
  // Sent by the server as it would send them; a disk that is really full is for the tests of the server.
  const raised = (state: string) => failureOf(sql(`do $$ begin raise sqlstate '${state}'; end $$`));
  expect(await raised('53100')).toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('disk is full'),
  });
  expect(await raised('58030')).toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('disk'),
  });
  expect(await raised('XX001')).toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('safety copies'),
  });
  expect(await raised('42501')).toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('rights'),
  });
  expect(await raised('53300')).toMatchObject({ code: 'unavailable' });
  expect(await raised('25006')).toMatchObject({ code: 'unavailable' });
});

test('a mistake of ours is not dressed up as anything else', async () => {
  expect(await failureOf(sql('select nonsense'))).toBeUndefined();
  expect(await failureOf(sql('selec 1'))).toBeUndefined();
  expect(toLociError(new TypeError('x'))).toBeUndefined();
  expect(toLociError(Object.assign(new Error('x'), { code: 'EPERM' }))).toBeUndefined();
  expect(
    toLociError(Object.assign(new Error('no such file'), { code: 'ENOENT', syscall: 'open' })),
  ).toBeUndefined();
  expect(toLociError('x')).toBeUndefined();
});
