import { expect, test } from 'vitest';
import { AuditEvent } from '../audit/audit-event.entity.ts';
import { openTestDatabase } from '../database/testing.ts';
import { addPerson } from './testing.ts';

const { em, newEm } = await openTestDatabase();
let keepDays: number | null = 30;
const person = await addPerson(newEm, () => keepDays);
const { memories, bulk, history, trash, undo, userId } = person;

const add = async (content: string) => (await memories.create({ content })).memory.id;
const existing = async (ids: string[]) => (await memories.findByIds(ids)).map(({ id }) => id);
/** As if it had been thrown away so many days ago. */
const age = (id: string | undefined, days: number) =>
  em.execute(`update memory set deleted_at = now() - ? * interval '1 day' where id = ?`, [days, id]);

/** Every column of every table, whatever its type, in which this text stands. */
async function placesOf(text: string): Promise<string[]> {
  const columns = await em.execute<{ table: string; column: string; type: string }[]>(
    `select c.table_name as table, c.column_name as column, c.data_type as type
     from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = 'public' and t.table_type = 'BASE TABLE'`,
  );
  expect(columns.length).toBeGreaterThan(100);
  const found: string[] = [];
  for (const { table, column, type } of columns) {
    const holds =
      type === 'bytea'
        ? `position(convert_to(?, 'UTF8') in "${column}") > 0`
        : `position(lower(?) in lower("${column}"::text)) > 0`;
    const rows = await em.execute(`select from "${table}" where ${holds}`, [text]);
    if (rows.length > 0) found.push(`${table}.${column}`);
  }
  return found.toSorted();
}

test('nothing of what is purged stays anywhere in the library', async () => {
  const { memory } = await memories.create({
    title: 'Xylographie of one',
    content: 'Quagmire and the zeppelin',
    tags: ['kept word'],
    sessionId: await person.addSession(),
    documentId: await person.addDocument(),
  });
  const { id } = memory;
  await memories.update({ id, version: 1, title: 'Yellowjacket', content: 'Bumfuzzle of two' });
  await em.execute(`insert into embedding_model (id, name, revision, dimension) values (1, 'm', '1', 384)`);
  await em.execute(
    `insert into memory_chunk (id, memory_id, model_id, position, start_offset, end_offset, tokens, text_hash, queued_at, status, error)
     values (uuid_v7(), ?, 1, 0, 0, 5, 3, sha256('x'), now(), 'failed', 'could not read "Bumfuzzle"')`,
    [id],
  );
  const [specialization] = await em.execute<{ id: string }[]>(
    `insert into specialization (id, user_id, name) values (uuid_v7(), ?, 'Cooking') returning id`,
    [userId],
  );
  await em.execute('insert into specialization_memory (specialization_id, memory_id) values (?, ?)', [
    specialization?.id,
    id,
  ]);
  const { undoId } = await bulk.trash([id]);
  const words = ['xylographie', 'quagmire', 'zeppelin', 'yellowjacket', 'bumfuzzle'];
  expect(await placesOf('zeppelin')).toEqual(['memory_past_word.words', 'memory_version.content']);
  expect(await placesOf('yellowjacket')).toEqual([
    'memory.title',
    'memory_word.words',
    'word.word',
    'word_spelling.word',
  ]);
  expect(await placesOf(id)).toContain('memory_tag.memory_id');

  const sampled = () =>
    em.execute(
      `select tablename, attname from pg_stats where schemaname = 'public'
       and concat(most_common_vals, histogram_bounds, most_common_elems) ~* ?`,
      [words.join('|')],
    );
  await em.execute('analyze');
  expect(await trash.purge([id])).toBe(1);
  for (const word of words) expect(await placesOf(word)).toEqual([]);
  expect(await sampled()).toEqual([]);
  expect(await placesOf(id)).toEqual(['audit_event.entity_id']);
  expect(await placesOf('kept word')).toEqual(['tag.name']);
  expect(await history.list({ id })).toEqual([]);
  expect(await undo.run(undoId ?? '')).toMatchObject({ notUndone: 1 });

  const events = await newEm().find(
    AuditEvent,
    { user: userId },
    { orderBy: { sequence: 'desc' }, limit: 2 },
  );
  expect(
    events.map(({ action, actor, entity, entityId, stateHash }) => [
      action,
      actor,
      entity,
      entityId,
      stateHash,
    ]),
  ).toEqual([
    ['changed', 'person', 'specialization', specialization?.id, expect.anything()],
    ['purged', 'person', 'memory', id, null],
  ]);
});

test('only what is in the trash can be purged, and only by whose it is', async () => {
  const other = await addPerson(newEm);
  const ids = [await add('Still in use'), await add('Thrown away')];
  await bulk.trash(ids.slice(1));
  expect(await other.trash.purge(ids)).toBe(0);
  expect(await other.trash.empty()).toBe(0);
  expect(await trash.purge(ids)).toBe(1);
  expect(await existing(ids)).toEqual(ids.slice(0, 1));
});

test('emptying the trash leaves all else', async () => {
  const ids = [await add('One'), await add('Two'), await add('Three')];
  await bulk.trash(ids.slice(1));
  expect(await trash.empty()).toBe(2);
  expect(await trash.empty()).toBe(0);
  expect(await existing(ids)).toEqual(ids.slice(0, 1));
  expect(await memories.count({ trashed: true })).toBe(0);
});

test('a large trash is emptied to the last', async () => {
  await em.execute(
    `insert into memory (id, user_id, content, content_hash, source, occurred_at, deleted_at)
     select uuid_v7(), ?, 'Old', sha256('Old'), 'note', now(), now() from generate_series(1, 4000)`,
    [userId],
  );
  expect(await trash.empty()).toBe(4000);
});

test('what has been in the trash for long enough goes by itself, by the app, and nothing before its time', async () => {
  const ids = [await add('Old'), await add('Younger'), await add('Never thrown away')];
  await bulk.trash(ids.slice(0, 2));
  await age(ids[0], 30.01);
  await age(ids[1], 29.99);
  expect(await trash.purgeExpired()).toBe(1);
  expect(await existing(ids)).toEqual(ids.slice(1));
  const [event] = await newEm().find(
    AuditEvent,
    { user: userId },
    { orderBy: { sequence: 'desc' }, limit: 1 },
  );
  expect(event).toMatchObject({ action: 'purged', actor: 'app', entityId: ids[0] });
});

test('the time to keep what is in the trash is the person’s to choose, also for ever', async () => {
  await trash.empty();
  const ids = [await add('Old')];
  await bulk.trash(ids);
  await age(ids[0], 5000);
  keepDays = null;
  expect(await trash.purgeExpired()).toBe(0);
  keepDays = 7;
  expect(await trash.purgeExpired()).toBe(1);
  expect(await existing(ids)).toEqual([]);
});

test('the page reaches all of it', async () => {
  const { handlers } = person;
  const { memory } = await handlers.create({ content: 'One', tags: ['t'] });
  const ids = [memory.id];
  const sessionId = await person.addSession();
  expect(await handlers.read({ ids })).toEqual([memory]);
  await handlers.update({ id: memory.id, version: 1, content: 'Two' });
  expect(await handlers.versions({ id: memory.id })).toHaveLength(1);
  expect(await handlers.compare({ id: memory.id, from: 1, to: 2 })).toMatchObject({ content: { length: 2 } });
  await handlers.restoreVersion({ id: memory.id, version: 2, number: 1 });
  for (const outcome of [
    await handlers.untag({ ids, tagIds: memory.tags.map(({ id }) => id) }),
    await handlers.tag({ ids, names: ['u'] }),
    await handlers.setImportance({ ids, importance: 1 }),
    await handlers.setPinned({ ids, pinned: true }),
    await handlers.moveToSession({ ids, sessionId }),
    await handlers.trash({ ids }),
    await handlers.restore({ ids }),
    await handlers.trash({ ids }),
  ]) {
    expect(outcome).toEqual({ changed: 1, undoId: expect.any(String) });
  }
  expect((await handlers.list({ filter: { trashed: true } })).memories.map(({ id }) => id)).toEqual(ids);
  expect(await handlers.count({ trashed: true })).toBe(1);
  expect(await handlers.emptyTrash(undefined)).toEqual({ purged: 1 });
  expect(await handlers.purge({ ids })).toEqual({ purged: 0 });
});
