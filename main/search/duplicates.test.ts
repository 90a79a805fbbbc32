import fc from 'fast-check';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { duplicateOperations } from '../../shared/ipc/operations/duplicates.ts';
import type { Job } from '../../shared/schemas/job.ts';
import { AuditVerificationRepository } from '../audit/audit-verification.repository.ts';
import { verifyAudit } from '../audit/verify-audit.ts';
import { AuditTrail } from '../audit/audit-trail.ts';
import { withRequestContext } from '../database/request-context.ts';
import { openTestDatabase } from '../database/testing.ts';
import { startTestEmbedder } from '../embedding/testing.ts';
import { serviceOn } from '../jobs/testing.ts';
import { silentLog } from '../logging/log.ts';
import { addPerson } from '../memories/testing.ts';
import { duplicatesFinder, DuplicatesKeeper } from './duplicates-finder.ts';
import { groupDuplicates } from './duplicates-groups.ts';
import { duplicatesHandlers } from './duplicates-handlers.ts';
import { DuplicatesOfText } from './duplicates-of-text.ts';
import { DuplicatesService } from './duplicates-service.ts';
import { EmbeddingQueue } from './embedding-queue.ts';
import { SemanticIndex } from './semantic-index.ts';

const { database, orm, em, newEm } = await openTestDatabase();
const embedder = startTestEmbedder();
beforeAll(() => embedder.whenSettled());
afterAll(() => embedder.stop());

async function embedAll(userId: string): Promise<void> {
  const queue = new EmbeddingQueue({
    database,
    embedder,
    currentUserId: () => userId,
    log: silentLog,
  });
  await queue.whenIdle();
  await queue.stop();
}

const note =
  'The plumber repaired the boiler on Monday and charged 85 pounds. The kitchen is dry again, and the heating works.';
const edited =
  'The plumber repaired the old boiler on Monday and charged 85 pounds. The kitchen is dry again and the heating works!';
const paraphrase =
  'On Monday our heating was mended for 85 pounds. No more water on the floor of the kitchen.';
const week = (number: number, km: number, kg: number) =>
  `Week ${number}: ran ${km} km, weight ${kg} kg. Mood good, sleep fine, knees fine, nothing else to say about this week.`;
const long = (sentence: string) =>
  [
    'We walked from the station to the harbour, where the boats were being painted for the season.',
    'At noon there was soup with bread, and afterwards the museum of clocks, which was nearly empty.',
    sentence,
    'In the evening we sat by the window and counted the lights on the other side of the bay.',
    'Nobody wanted to go home, and so we took the last train, which was late as always.',
  ].join(' ');

async function library() {
  const person = await addPerson(newEm);
  const { userId } = person;
  const jobs = serviceOn(orm, {
    currentUserId: () => userId,
    runners: [duplicatesFinder({ em: orm.em, embedder })],
    log: silentLog,
    onChange: () => undefined,
  });
  onTestFinished(() => jobs.close());
  const own = newEm();
  const duplicates = duplicatesHandlers(
    new DuplicatesService({
      em: own,
      currentUserId: () => userId,
      audit: new AuditTrail(),
      undo: person.undo,
      embedder,
      jobs,
    }),
    new DuplicatesOfText({ em: own, currentUserId: () => userId, embedder }),
  );
  const add = async (content: string, more = {}) =>
    (await person.memories.create({ content, ...more })).memory.id;
  const find = async (again = false): Promise<Job> => {
    await embedAll(userId);
    const { jobId } = await withRequestContext(orm, () => duplicates.find({ again }));
    await jobs.whenStopped(jobId);
    return withRequestContext(orm, () => jobs.get(jobId));
  };
  const groups = async () => {
    const list = await duplicates.list({});
    expect(duplicateOperations.list.output.parse(list)).toEqual(list);
    return list.groups.map(({ memories }) => memories.map(({ id }) => id).toSorted());
  };
  const known = async (content: string, more: { title?: string; exceptId?: string } = {}) => {
    const found = await duplicates.ofText({ title: null, content, ...more });
    expect(duplicateOperations.ofText.output.parse(found)).toEqual(found);
    return found.map(({ memory, isCopy }) => [memory.id, isCopy]);
  };
  return { person, userId, duplicates, add, find, groups, known };
}

test('an edited copy is a duplicate, what says it in other words is not, and a template filled in anew is not', async () => {
  const { add, find, groups, duplicates } = await library();
  const copies = [await add(note), await add(edited)].toSorted();
  await add(paraphrase);
  await add(week(32, 12, 78.5));
  await add(week(33, 17, 79.1));
  await add(week(34, 9, 78.9));
  const longs = [
    await add(long('The guide knew each by name.')),
    await add(long('The guide had forgotten his keys.')),
  ];
  expect(await groups()).toEqual([]);
  expect((await duplicates.list({})).waiting).toBe(0);
  expect(await find()).toMatchObject({
    status: 'succeeded',
    progress: 8,
    total: 8,
    result: { compared: 8, pairs: 2 },
  });
  expect(new Set(await groups())).toEqual(new Set([copies, longs.toSorted()]));
  const { groups: found, total, waiting } = await duplicates.list({});
  expect([total, waiting, found[0]?.areCopies, found[0]?.count]).toEqual([2, 0, false, 2]);
  expect(found.every(({ similarity, overlap }) => similarity > 0.95 && overlap >= 0.7)).toBe(true);
});

test('copies are known without having been compared, and the one to keep comes first', async () => {
  const { person, add, groups, duplicates } = await library();
  const [first, second, third] = [await add(note), await add(note), await add(note)];
  await person.bulk.setPinned([second], true);
  const [group] = (await duplicates.list({})).groups;
  expect(group).toMatchObject({ count: 3, areCopies: true, similarity: 1, overlap: 1 });
  expect(group?.memories.map(({ id }) => id)).toEqual([second, first, third]);
  await person.bulk.trash([first, third]);
  expect(await groups()).toEqual([]);
});

test('what a person keeps apart is not shown again, until that is undone', async () => {
  const { person, userId, add, find, groups, duplicates } = await library();
  const ids = [await add(note), await add(edited), await add(edited)].toSorted();
  await find();
  expect(await groups()).toEqual([ids]);
  const { undoId } = await duplicates.keepApart({ ids });
  expect(await groups()).toEqual([]);
  await find(true);
  expect(await groups()).toEqual([]);
  expect(await person.undo.run(undoId)).toMatchObject({ label: '3 memories kept apart' });
  expect(await groups()).toEqual([ids]);
  const again = await duplicates.keepApart({ ids: ids.slice(0, 2) });
  await duplicates.keepApart({ ids });
  await person.undo.run(again.undoId);
  const { differences } = await verifyAudit(new AuditVerificationRepository(newEm()), {
    userId,
    report: () => undefined,
    pausePoint: async () => undefined,
  });
  expect(differences.filter(({ entity }) => entity === 'memory')).toEqual([]);
  const stranger = await library();
  await expect(stranger.duplicates.keepApart({ ids })).rejects.toMatchObject({ code: 'not_found' });
  expect(await stranger.groups()).toEqual([]);
});

test('of another text nothing is said any more, and the new one is compared', async () => {
  const { person, add, find, groups, duplicates } = await library();
  const [a, b] = [await add(note), await add(edited)];
  await find();
  expect(await groups()).toHaveLength(1);
  await person.memories.update({
    id: b,
    version: 1,
    content: 'Something else entirely: the swans are back.',
  });
  expect(await groups()).toEqual([]);
  await person.memories.update({ id: b, version: 2, content: edited });
  expect((await duplicates.list({})).waiting).toBe(1);
  await find();
  expect(await groups()).toEqual([[a, b].toSorted()]);
});

test('what comes back from the trash is compared again, what is purged leaves nothing', async () => {
  const { person, userId, add, find, groups } = await library();
  const [a, b] = [await add(note), await add(edited)];
  await person.bulk.trash([b]);
  await find();
  await person.bulk.restore([b]);
  await find();
  expect(await groups()).toEqual([[a, b].toSorted()]);
  await person.bulk.trash([a, b]);
  await person.trash.purge([a, b]);
  const left = await em.execute(
    `select memory_id from duplicate_pair where memory_id = any(?::uuid[]) union all
     select memory_id from duplicate_queue where memory_id = any(?::uuid[])`,
    [`{${a},${b}}`, `{${a},${b}}`],
  );
  expect([left, await groups(), userId]).toEqual([[], [], userId]);
});

test('merged memories are duplicates no more', async () => {
  const { person, add, find, groups } = await library();
  const [a, b] = [await add(note), await add(edited)];
  await find();
  const { undoId } = await person.merges.merge({
    id: a,
    version: 1,
    others: [{ id: b, version: 1 }],
    content: edited,
  });
  expect(await groups()).toEqual([]);
  await person.undo.run(undoId);
  await find();
  expect(await groups()).toEqual([[a, b].toSorted()]);
});

test('what is being written is known to be there already, word for word or nearly so', async () => {
  const { person, userId, add, known } = await library();
  const id = await add(note);
  await add(week(32, 12, 78.5));
  for (const _ of ['by words alone', 'by meaning as well']) {
    expect(await known(note)).toEqual([[id, true]]);
    expect(await known(`  ${note}\n`)).toEqual([[id, false]]);
    expect(await known(edited)).toEqual([[id, false]]);
    // Half of it may still become something else; what says it in other words, or of another week, is something else.
    expect(await known(note.slice(0, 50))).toEqual([]);
    expect(await known(paraphrase)).toEqual([]);
    expect(await known(week(33, 17, 79.1))).toEqual([]);
    expect(await known('')).toEqual([]);
    await embedAll(userId);
  }
  expect(await (await library()).known(note)).toEqual([]);
  await person.bulk.trash([id]);
  expect(await known(edited)).toEqual([]);
});

test('nearly the same words with another meaning are not what is there already, once meanings are known', async () => {
  const { userId, add, known } = await library();
  const id = await add('Anna is allergic to peanuts, hazelnuts and strawberries, said the doctor.');
  const other = 'Anna is allergic to penicillin, hazelnuts and strawberries, said the doctor.';
  expect(await known(other)).toEqual([[id, false]]);
  await embedAll(userId);
  expect(await known(other)).toEqual([]);
});

test('a memory is not said to be like itself, or like what a person keeps apart from it', async () => {
  const { add, known, duplicates } = await library();
  const [a, b] = [await add(note), await add(edited)];
  expect(await known(note, { exceptId: a })).toEqual([[b, false]]);
  await duplicates.keepApart({ ids: [a, b] });
  expect(await known(note, { exceptId: a })).toEqual([]);
  expect(await known(edited)).toEqual([[b, true]]);
});

test('under a title alone, what has the same title and nothing else is there already', async () => {
  const { add, known } = await library();
  const id = await add('', { title: 'Call the plumber' });
  await add(note, { title: 'Call the plumber' });
  expect(await known('', { title: 'Call the plumber' })).toEqual([[id, true]]);
});

test('a few new memories are compared by the way, many wait until somebody asks', async () => {
  const { userId, add, groups } = await library();
  const ids = [await add(note), await add(edited)];
  await embedAll(userId);
  let said = 0;
  const keeper = new DuplicatesKeeper({
    em: newEm(),
    embedder,
    currentUserId: () => userId,
    inContext: (work) => withRequestContext(orm, work),
    log: silentLog,
    onCompared: () => (said += 1),
  });
  await withRequestContext(orm, () => keeper.compare());
  await withRequestContext(orm, () => keeper.compare());
  expect([await groups(), said]).toEqual([[ids.toSorted()], 1]);
  await keeper.stop();
});

test('a job that was paused and one that was cut off go on where they were', async () => {
  const { person, userId, find, groups, duplicates } = await library();
  for (let n = 0; n < 130; n++)
    await person.memories.create({
      content: `${edited} ${String.fromCharCode(97 + (n % 26)).repeat(6 + (n % 9))}`,
    });
  await embedAll(userId);
  let after = 0;
  const interrupted = serviceOn(orm, {
    currentUserId: () => userId,
    runners: [duplicatesFinder({ em: orm.em, embedder })],
    log: silentLog,
    onChange: (job) => {
      after = job.progress;
    },
  });
  const { jobId } = await withRequestContext(orm, () =>
    interrupted.start('duplicates.find', { again: false }),
  );
  await interrupted.close();
  expect(after).toBeLessThanOrEqual(130);
  await withRequestContext(orm, () => interrupted.get(jobId));
  await find();
  expect((await duplicates.list({})).waiting).toBe(0);
  expect((await groups()).length).toBeGreaterThan(0);
});

test('with an index of vectors the same are found as without', async () => {
  const { add, find, groups } = await library();
  const pairs: string[][] = [];
  for (const place of ['harbour', 'valley', 'market', 'castle'])
    pairs.push([
      await add(
        `At the ${place} the lamps were lit before six, and we had tea with Mrs Okafor and her two dogs.`,
      ),
      await add(
        `At the ${place} the lamps were lit before six and we had some tea with Mrs Okafor and her two dogs.`,
      ),
    ]);
  const stored = await em.execute<{ id: number; dimension: number }[]>(
    'select id, dimension from embedding_model',
  );
  const index = new SemanticIndex({ database, log: silentLog, fromPieces: 10 });
  await find();
  const before = await groups();
  for (const model of stored) await index.ensure(model);
  await find(true);
  expect(await groups()).toEqual(before);
  for (const pair of pairs) expect(before.some((group) => pair.every((id) => group.includes(id)))).toBe(true);
  await index.stop();
});

test('no memory is in two groups, and none with one that is to be kept apart from it', () => {
  const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g');
  const pair = fc
    .tuple(key, key)
    .filter(([x, y]) => x !== y)
    .map(([x, y]) => (x < y ? { memoryId: x, otherId: y } : { memoryId: y, otherId: x }));
  const like = fc.tuple(pair, fc.double({ min: 0.95, max: 1, noNaN: true })).map(([each, similarity]) => ({
    ...each,
    similarity,
    overlap: 0.8,
  }));
  fc.assert(
    fc.property(
      fc.subarray(['a', 'b', 'c']),
      fc.array(like),
      fc.array(pair),
      (copies, pairs, distinctions) => {
        const groups = groupDuplicates(copies.length > 1 ? [copies] : [], pairs, distinctions);
        const all = groups.flatMap(({ ids }) => ids);
        expect(all.length).toBe(new Set(all).size);
        for (const { ids } of groups) {
          expect(ids.length).toBeGreaterThan(1);
          for (const { memoryId, otherId } of distinctions)
            expect(ids.includes(memoryId) && ids.includes(otherId)).toBe(false);
        }
        // Two that are alike, and that nobody keeps apart, are not both left out.
        for (const each of pairs) {
          const isApart = distinctions.some((d) =>
            [d.memoryId, d.otherId].some((id) => [each.memoryId, each.otherId].includes(id)),
          );
          if (distinctions.length === 0 && !isApart)
            expect(all.includes(each.memoryId) || all.includes(each.otherId)).toBe(true);
        }
      },
    ),
  );
});
