import { expect, test } from 'vitest';
import { AuditTrail } from '../audit/audit-trail.ts';
import { MemoryBulkService } from '../memories/memory-bulk-service.ts';
import { MemoryService } from '../memories/memory-service.ts';
import { SavedSearchService } from '../search/saved-search-service.ts';
import { SessionService } from '../sessions/session-service.ts';
import { TagRemoval } from '../tags/tag-removal.ts';
import { TagService } from '../tags/tag-service.ts';
import { openTestLibrary } from '../users/testing.ts';
import { OverviewService } from './overview-service.ts';

const library = await openTestLibrary();
/** Told by what is saved, as the app does it. */
const audit = new AuditTrail({
  onSaved(noted) {
    for (const { userId, entity, action, fields = [] } of noted) {
      overview.changed({ userId, changes: [{ entity, action, ids: null, fields }] });
    }
  },
});
const parts = { ...library, em: library.newEm(), audit };
const tags = new TagService(parts);
const sessions = new SessionService(parts);
const savedSearches = new SavedSearchService(parts);
const memories = new MemoryService(parts);
const bulk = new MemoryBulkService(parts);
const overview = new OverviewService({ ...parts, tags, sessions, savedSearches });

test('a new library has nothing but the session it begins with', async () => {
  await library.addPerson();
  const begun = await sessions.current();
  expect(await overview.read()).toMatchObject({
    memories: 0,
    pinned: 0,
    untagged: 0,
    trash: 0,
    currentSessionId: begun?.id,
    sessions: [{ id: begun?.id, memories: 0 }],
    sessionCount: 1,
    tags: [],
    savedSearches: [],
    specializations: 0,
  });
});

test('after everything that is done the counts are those of the library', async () => {
  await library.addPerson();
  await overview.read();
  const one = await memories.create({ content: 'One', tags: ['garden'] });
  const two = await memories.create({ content: 'Two' });
  expect(await overview.read()).toMatchObject({
    memories: 2,
    untagged: 1,
    tags: [{ name: 'garden', memories: 1 }],
  });
  await bulk.setPinned([two.memory.id], true);
  const tagged = await bulk.tag([two.memory.id], { names: ['garden'] });
  expect(await overview.read()).toMatchObject({ pinned: 1, untagged: 0, tags: [{ memories: 2 }] });
  await library.undo.run(tagged.undoId ?? '');
  expect(await overview.read()).toMatchObject({ untagged: 1, tags: [{ memories: 1 }] });
  await bulk.trash([one.memory.id]);
  expect(await overview.read()).toMatchObject({ memories: 1, trash: 1, tags: [{ memories: 0 }] });
  const [garden] = (await overview.read()).tags;
  await tags.change({ id: garden?.id ?? '', name: 'outdoors' });
  expect((await overview.read()).tags).toMatchObject([{ name: 'outdoors' }]);
  await new TagRemoval(parts).delete({ id: garden?.id ?? '' });
  expect((await overview.read()).tags).toEqual([]);
});

test('each person sees their own', async () => {
  const first = await library.addPerson();
  await memories.create({ content: 'Mine' });
  expect((await overview.read()).memories).toBe(1);
  await library.addPerson();
  expect((await overview.read()).memories).toBe(0);
  await library.users.switchTo(first);
  expect((await overview.read()).memories).toBe(1);
});

test('writing in a memory counts nothing again, and what could not be counted is counted the next time', async () => {
  await library.addPerson();
  const { memory } = await memories.create({ content: 'One' });
  let counts = 0;
  let isAway = true;
  const failing = new OverviewService({
    ...parts,
    sessions,
    savedSearches,
    tags: {
      list: () => tags.list(),
      countUntagged: async () => {
        counts += 1;
        if (isAway) throw new Error('The server is away');
        return tags.countUntagged();
      },
    },
  });
  await expect(failing.read()).rejects.toThrow('The server is away');
  isAway = false;
  await failing.read();
  const userId = library.users.currentUserId;
  const edit = { entity: 'memory', action: 'changed', ids: [memory.id], fields: ['content'] } as const;
  failing.changed({ userId, changes: [edit] });
  await failing.read();
  expect(counts).toBe(2);
  failing.changed({ userId, changes: [{ ...edit, fields: ['tags'] }] });
  await failing.read();
  expect(counts).toBe(3);
});
