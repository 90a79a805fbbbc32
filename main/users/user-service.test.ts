import { expect, test } from 'vitest';
import { newUser } from '../../shared/schemas/user.ts';
import { AuditTrail } from '../audit/audit-trail.ts';
import { Session } from '../sessions/session.entity.ts';
import { openTestDatabase } from '../database/testing.ts';
import { toLociError } from '../errors/database-error.ts';
import { User } from './user.entity.ts';
import { openTestLibrary } from './testing.ts';
import { userHandlers } from './user-handlers.ts';
import { UserService } from './user-service.ts';

const { em, newEm, events, unnoted, users, audit, addMemories } = await openTestLibrary();
const handlers = userHandlers(users);
const person = (name: string, email: string | null = null) => ({ name, email, session: {} });

/** As the next start of the app would have it. */
const startAgain = async () => {
  const next = new UserService({ em: newEm(), audit, onSwitch: () => undefined });
  return next.ensureDefaultUser();
};

test('two first starts at once make one person between them, with a first session', async () => {
  const empty = await openTestDatabase();
  const services = Array.from(
    { length: 4 },
    () => new UserService({ em: empty.newEm(), audit: new AuditTrail(), onSwitch: () => undefined }),
  );
  const made = await Promise.all(services.map((service) => service.ensureDefaultUser()));
  expect(new Set(made.map((user) => user.id)).size).toBe(1);
  expect(await empty.em.count(User)).toBe(1);
  expect(await empty.em.find(Session, {})).toMatchObject([
    { title: expect.stringMatching(/^Session of \d+ \w+ \d{4}$/), endedAt: null },
  ]);
});

test('a later start finds the same person', async () => {
  const first = await startAgain();
  expect(first).toMatchObject({ name: 'Me', email: null, current: true });
  expect(await startAgain()).toEqual(first);
  expect(await events()).toEqual(['app created app_user', 'app created session']);
});

test('a library is as old as its tables, or in a copy as its first person, whoever goes', async () => {
  const { em: own, newEm: ownEm } = await openTestDatabase();
  const people = new UserService({ em: ownEm(), audit: new AuditTrail(), onSwitch: () => undefined });
  const first = await people.ensureDefaultUser();
  const begun = await people.libraryCreatedAt();
  expect(begun.getTime()).toBeLessThanOrEqual(Date.parse(first.createdAt));
  await people.create(person('Ada'));
  await people.remove({ id: first.id, confirmation: 'Me' });
  expect(await people.libraryCreatedAt()).toEqual(begun);

  await own.execute(`update schema_migration set executed_at = now() + interval '1 day'`);
  const [ada] = await people.list();
  expect((await people.libraryCreatedAt()).toISOString()).toBe(ada?.createdAt);
});

test('nothing can be read before it is known who is asking', () => {
  const closed = new UserService({ em, audit, onSwitch: () => undefined });
  expect(() => closed.currentUserId).toThrow(expect.objectContaining({ code: 'unavailable' }));
});

test('a person comes with a first session, or not at all', async () => {
  const made = await handlers.create({ ...person('Work'), session: { title: 'First days' } });
  expect(made).toMatchObject({ name: 'Work', current: false });
  expect(await newEm().find(Session, { user: made.id })).toMatchObject([{ title: 'First days' }]);

  const expired = { ...person('Nobody'), session: { expiresAt: '2020-01-01T00:00:00.000Z' } };
  const refused = await handlers.create(expired).catch(toLociError);
  expect(refused).toMatchObject({ code: 'invalid_input', message: expect.stringContaining('expire') });
  expect(await newEm().count(User, { name: 'Nobody' })).toBe(0);
});

test('one e-mail address belongs to one person, however it is written', async () => {
  const ada = await handlers.create(person('Ada', 'ada@example.org'));
  const taken = { code: 'conflict', message: expect.stringContaining('e-mail') };
  expect(await handlers.create(person('Eve', 'Ada@Example.ORG')).catch(toLociError)).toMatchObject(taken);
  const eve = await handlers.create(person('Eve'));
  await handlers.create(person('Eve'));
  expect(await handlers.change({ id: eve.id, email: 'ADA@example.org' }).catch(toLociError)).toMatchObject(
    taken,
  );
  expect(await handlers.change({ id: ada.id, email: null })).toMatchObject({ email: null, name: 'Ada' });
  expect(await handlers.change({ id: eve.id, email: 'ada@example.org', name: 'Eva' })).toMatchObject({
    email: 'ada@example.org',
    name: 'Eva',
  });
  await expect(handlers.change({ id: crypto.randomUUID(), name: 'x' })).rejects.toMatchObject({
    code: 'not_found',
  });
});

test('who was at work last is at work again after the next start', async () => {
  const told: string[] = [];
  const own = new UserService({ em: newEm(), audit, onSwitch: (id) => void told.push(id) });
  const me = await own.ensureDefaultUser();
  const family = await own.create(person('Family'));
  expect(await startAgain()).toMatchObject({ id: me.id });
  expect(await own.switchTo(family.id)).toMatchObject({ name: 'Family', current: true });
  expect(own.currentUserId).toBe(family.id);
  expect(await startAgain()).toMatchObject({ id: family.id });
  await own.switchTo(family.id);
  await own.switchTo(me.id);
  expect(await startAgain()).toMatchObject({ id: me.id });
  expect(told).toEqual([family.id, me.id]);
  await expect(own.switchTo(crypto.randomUUID())).rejects.toMatchObject({ code: 'not_found' });
  expect(own.currentUserId).toBe(me.id);
});

test('a person is one, in whichever letters their key is written', async () => {
  const told: string[] = [];
  const own = new UserService({ em: newEm(), audit, onSwitch: (id) => void told.push(id) });
  const me = await own.ensureDefaultUser();
  const zoe = await own.create(person('Zoe'));
  expect(await own.switchTo(zoe.id.toUpperCase())).toMatchObject({ id: zoe.id, current: true });
  await own.change({ id: zoe.id.toUpperCase(), name: 'Zo\u00EB' });
  expect([own.currentUserId, told]).toEqual([zoe.id, [zoe.id]]);
  expect(await own.remove({ id: zoe.id.toUpperCase(), confirmation: 'Zo\u00EB' })).toMatchObject({
    id: me.id,
  });
  expect(own.currentUserId).toBe(me.id);
});

test('a clock that was set back does not bring back somebody else', async () => {
  const me = await startAgain();
  const later = await users.create(person('Later'));
  await em.execute(`update app_user set last_used_at = '2100-01-01' where id = ?`, [me.id]);
  await users.switchTo(later.id);
  expect(await startAgain()).toMatchObject({ id: later.id });
  await users.switchTo(me.id);
  expect(await startAgain()).toMatchObject({ id: me.id });
});

test('the list says who is at work and how much each has', async () => {
  await addMemories(3);
  await addMemories(2, { trashed: true });
  const listed = await handlers.list(undefined);
  expect(listed.filter(({ current }) => current)).toMatchObject([
    { id: users.currentUserId, name: 'Me', memories: 3 },
  ]);
  expect(listed.length).toBeGreaterThan(3);
});

test('what is done to a person is noted in their own chain', async () => {
  const made = await users.create(person('Noted'));
  await users.change({ id: made.id, name: 'Renamed' });
  await users.change({ id: made.id, name: 'Renamed' });
  const before = users.currentUserId;
  await handlers.switch({ id: made.id });
  expect(await events()).toEqual(['created app_user', 'created session', 'changed app_user name']);
  expect(await unnoted()).toEqual([]);
  await handlers.switch({ id: before });
});

test('keys sort by the time of making', async () => {
  const fork = newEm();
  const made = ['a', 'b', 'c'].map((name) => fork.create(User, { name, email: null }));
  await fork.flush();
  expect(made.map((user) => user.id)).toEqual(made.map((user) => user.id).toSorted());
});

test('a change is dated, whether it goes through the ORM or past it', async () => {
  const fork = newEm();
  const user = fork.create(User, { name: 'Before', email: null, updatedAt: new Date(0) });
  await fork.flush();
  const stored = async () => (await newEm().findOneOrFail(User, user.id)).updatedAt.getTime();

  user.name = 'By the ORM';
  await fork.flush();
  expect(await stored()).toBe(user.updatedAt.getTime());
  expect(await stored()).toBeGreaterThan(0);

  await em.execute(`update app_user set updated_at = 'epoch' where id = ?`, [user.id]);
  await em.execute(`update app_user set name = 'By SQL' where id = ?`, [user.id]);
  expect(await stored()).toBeGreaterThan(0);
});

test('an e-mail address is taken as people write it, and nothing else is', () => {
  const parsed = (email: string) => newUser.safeParse({ name: 'Ada', email }).data?.email;
  expect(parsed(' ada@example.org ')).toBe('ada@example.org');
  expect(parsed('jürgen@müller.example')).toBe('jürgen@müller.example');
  expect(parsed('ju\u0308rgen@mu\u0308ller.example')).toBe('jürgen@müller.example');
  for (const email of ['', 'ada', 'ada@', '@example.org', 'a@b@c', 'a b@c', 'a\0@b']) {
    expect(parsed(email)).toBeUndefined();
  }
});
