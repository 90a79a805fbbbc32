import { expect, test } from 'vitest';
import { toLociError } from '../errors/database-error.ts';
import { Memory } from '../memories/memory.entity.ts';
import { openTestLibrary } from '../users/testing.ts';
import { sessionHandlers } from './session-handlers.ts';
import { SessionService } from './session-service.ts';
import { Session } from './session.entity.ts';

const library = await openTestLibrary();
const { newEm, undo, users, settings, addPerson, addMemories, events, unnoted } = library;
const service = new SessionService({ ...library, em: newEm() });
const sessions = sessionHandlers(service);
const dayMs = 86_400_000;
const first = { limit: 50 };

/** A session of another time. */
async function addSession(started: string, expires: string): Promise<string> {
  const own = newEm();
  const session = own.create(Session, {
    user: users.currentUserId,
    title: `Since ${started}`,
    startedAt: new Date(started),
    expiresAt: new Date(expires),
    endedAt: null,
  });
  await own.flush();
  return session.id;
}

const sessionsOfMemories = async (ids: string[]) =>
  (await newEm().find(Memory, { id: { $in: ids } })).map((memory) => memory.session);

test('the newest session that has not ended is the current one', async () => {
  await addPerson();
  const begun = await sessions.current(undefined);
  const garden = await sessions.start({ title: 'Garden' });
  expect(await sessions.current(undefined)).toEqual(garden);
  await sessions.end({ id: garden.id });
  expect(await sessions.current(undefined)).toEqual(begun);
  await sessions.end({ id: begun?.id ?? '' });
  expect(await sessions.current(undefined)).toBeNull();
  expect(await sessions.reopen({ id: garden.id })).toMatchObject({ ...garden, endedAt: null });
  expect(await sessions.current(undefined)).toEqual(garden);
});

test('a session lives for as long as the settings say, unless it was told otherwise', async () => {
  await addPerson();
  const lifetime = ({ startedAt, expiresAt }: { startedAt: string; expiresAt: string }) =>
    (Date.parse(expiresAt) - Date.parse(startedAt)) / dayMs;
  expect(lifetime(await sessions.start({}))).toBe(30);
  await settings.set({ 'sessions.lifetimeDays': 7 });
  expect(lifetime(await sessions.start({}))).toBe(7);
  expect(await sessions.start({ expiresAt: '2100-01-01T00:00:00.000Z' })).toMatchObject({
    title: expect.stringMatching(/^Session of \d+ \w+ \d{4}$/),
    expiresAt: '2100-01-01T00:00:00.000Z',
  });
  const refused = await sessions.start({ expiresAt: '2020-01-01T00:00:00.000Z' }).catch(toLociError);
  expect(refused).toMatchObject({ code: 'invalid_input', message: expect.stringContaining('expire') });
});

test('what nobody ended in time is ended by the app, at the moment it expired', async () => {
  const ids = [];
  for (const expires of ['2026-01-02', '2026-01-03', '2100-01-01']) {
    await addPerson();
    ids.push(await addSession('2026-01-01', expires));
  }
  const byHand = await addSession('2026-01-01', '2026-01-05');
  await newEm().nativeUpdate(Session, byHand, { endedAt: new Date('2026-01-04') });
  expect(await service.endExpired()).toBe(2);
  expect(await service.endExpired()).toBe(0);
  const ended = await newEm().find(Session, { id: { $in: [...ids, byHand] } }, { orderBy: { expiresAt: 1 } });
  expect(ended.map(({ endedAt }) => endedAt?.toISOString().slice(0, 10))).toEqual([
    '2026-01-02',
    '2026-01-03',
    '2026-01-04',
    undefined,
  ]);
});

test('the app says that it was the app', async () => {
  await addPerson();
  const id = await addSession('2026-01-01', '2026-01-02');
  expect((await sessions.current(undefined))?.id).not.toBe(id);
  await service.endExpired();
  expect((await events()).at(-1)).toBe('app changed session ended_at');
  const reopened = await sessions.reopen({ id });
  expect(Date.parse(reopened.expiresAt)).toBeGreaterThan(Date.now());
  expect((await events()).at(-1)).toBe('changed session expires_at ended_at');
  expect(await unnoted()).toEqual([]);
});

test('changing nothing is not a change', async () => {
  await addPerson();
  const { id } = await sessions.start({ title: 'Garden' });
  await sessions.rename({ id, title: 'Yard' });
  await sessions.rename({ id, title: 'Yard' });
  const ended = await sessions.end({ id });
  expect(await sessions.end({ id })).toEqual(ended);
  expect((await events()).slice(-3)).toEqual([
    'created session',
    'changed session title',
    'changed session ended_at',
  ]);
  expect(await unnoted()).toEqual([]);
});

test('the list goes on where it stopped, newest first, with what is in each', async () => {
  await addPerson();
  const ids = [];
  for (let day = 1; day <= 7; day++) ids.push(await addSession(`2026-01-0${day}`, '2100-01-01'));
  // Two of the same moment must neither be lost nor come twice.
  ids.push(await addSession('2026-01-07', '2100-01-01'));
  await addMemories(3, { sessionId: ids[2] ?? '' });
  await addMemories(2, { sessionId: ids[2] ?? '', trashed: true });
  const listed = [];
  let page = await sessions.list({ limit: 3 });
  while (page.nextCursor) {
    listed.push(...page.sessions);
    page = await sessions.list({ limit: 3, cursor: page.nextCursor });
  }
  listed.push(...page.sessions);
  expect(listed.slice(1).map(({ id }) => id)).toEqual(ids.toReversed());
  expect(listed.filter(({ memories }) => memories > 0)).toMatchObject([{ id: ids[2], memories: 3 }]);
  expect(await sessions.list({ limit: listed.length })).toEqual({ sessions: listed, nextCursor: null });
});

test('a deleted session leaves its memories, and comes back with those that went nowhere else', async () => {
  await addPerson();
  const garden = await sessions.start({ title: 'Garden' });
  const kitchen = await sessions.start({ title: 'Kitchen' });
  const memoryIds = await addMemories(3, { sessionId: garden.id });
  const [moved, purged, left] = memoryIds;
  const before = await events();
  const { undoId } = await sessions.delete({ id: garden.id });
  expect(await sessionsOfMemories(memoryIds)).toEqual([null, null, null]);
  expect((await sessions.list(first)).sessions.map(({ title }) => title)).not.toContain('Garden');
  expect((await events()).slice(before.length)).toEqual(['changed memory session_id', 'deleted session']);
  expect(await unnoted()).toEqual([]);

  await newEm().nativeUpdate(Memory, { id: moved ?? '' }, { session: kitchen.id });
  await newEm().nativeDelete(Memory, { id: purged ?? '' });
  expect(await undo.run(undoId)).toEqual({ label: 'Session “Garden” deleted', notUndone: 2 });
  expect((await sessions.list(first)).sessions).toContainEqual({ ...garden, memories: 1 });
  expect(await sessionsOfMemories([moved ?? ''])).toEqual([kitchen.id]);
  expect(await sessionsOfMemories([left ?? ''])).toEqual([garden.id]);
  expect((await events()).slice(-2)).toEqual(['restored session', 'changed memory session_id']);
});

test('nobody reaches the sessions of somebody else', async () => {
  await addPerson();
  const { id } = await sessions.start({ title: 'Mine' });
  await addPerson();
  const gone = { code: 'not_found', message: expect.stringContaining('session') };
  await expect(sessions.rename({ id, title: 'Yours' })).rejects.toMatchObject(gone);
  await expect(sessions.end({ id })).rejects.toMatchObject(gone);
  await expect(sessions.delete({ id })).rejects.toMatchObject(gone);
  expect((await sessions.list(first)).sessions.map((session) => session.id)).not.toContain(id);
});
