import { expect, test } from 'vitest';
import { AuditTrail, type NotedChange } from '../audit/audit-trail.ts';
import { inTransaction } from '../database/transaction.ts';
import { TagService } from '../tags/tag-service.ts';
import { openTestLibrary } from '../users/testing.ts';
import { libraryChangesOf } from './library-changes.ts';

const library = await openTestLibrary();

/** What windows would have been told. */
function listening() {
  const told: ReturnType<typeof libraryChangesOf> = [];
  const audit = new AuditTrail({ onSaved: (noted) => told.push(...libraryChangesOf(noted)) });
  const em = library.newEm();
  return { told, audit, em, tags: new TagService({ ...library, em, audit }) };
}

test('windows are told what was changed, and of what, once it is saved', async () => {
  const userId = await library.addPerson();
  const { told, tags } = listening();
  const { id } = await tags.create({ name: 'garden', colour: null });
  await tags.change({ id, name: 'outdoors' });
  expect(told).toEqual([
    { userId, changes: [{ entity: 'tag', action: 'created', ids: [id], fields: [] }] },
    { userId, changes: [{ entity: 'tag', action: 'changed', ids: [id], fields: ['name'] }] },
  ]);
});

test('of what came to nothing, or was done twice in a row, nothing wrong is told', async () => {
  await library.addPerson();
  const { told, audit, em, tags } = listening();
  await tags.create({ name: 'garden', colour: null });
  await expect(tags.create({ name: 'garden', colour: null })).rejects.toThrow('There is a tag');
  let tries = 0;
  const [userId] = [library.users.currentUserId];
  await inTransaction(em, async () => {
    audit.note({ userId, action: 'changed', entity: 'app_user', ids: [userId] });
    // As the server does when two transactions get in each other's way.
    if (tries++ === 0) await em.execute(`do $$ begin raise serialization_failure; end $$`);
  });
  expect([tries, told.map(({ changes }) => changes.map(({ entity }) => entity))]).toEqual([
    2,
    [['tag'], ['app_user']],
  ]);
});

test('what belongs to several people is told of each, and very many are not named one by one', () => {
  const noted = (userId: string, count: number): NotedChange => ({
    userId,
    action: 'purged',
    entity: 'memory',
    ids: Array.from({ length: count }, (_, index) => String(index)),
  });
  expect(libraryChangesOf([noted('ada', 2), noted('grace', 1), noted('ada', 5000)])).toEqual([
    {
      userId: 'ada',
      changes: [
        { entity: 'memory', action: 'purged', ids: ['0', '1'], fields: [] },
        { entity: 'memory', action: 'purged', ids: null, fields: [] },
      ],
    },
    { userId: 'grace', changes: [{ entity: 'memory', action: 'purged', ids: ['0'], fields: [] }] },
  ]);
});
