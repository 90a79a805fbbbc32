import { expect, test } from 'vitest';
import { libraryCheck } from '../../shared/schemas/library.ts';
import { jobHandlers } from '../jobs/job-handlers.ts';
import { serviceOn } from '../jobs/testing.ts';
import { silentLog } from '../logging/log.ts';
import { SettingService } from '../settings/setting-service.ts';
import { openTestLibrary } from '../users/testing.ts';
import { rebuildWordIndex } from '../search/word-index.repository.ts';
import { libraryHandlers } from './library-handlers.ts';
import { libraryJobs } from './library-jobs.ts';
import { LibraryService } from './library-service.ts';
import { SampleLibrary } from './sample-library.ts';

const { database, newEm, audit, undo, users, currentUserId } = await openTestLibrary();

let remade = 0;
const jobs = serviceOn(database.orm, {
  currentUserId,
  log: silentLog,
  onChange: () => undefined,
  runners: libraryJobs({
    em: database.orm.em,
    log: silentLog,
    derived: [rebuildWordIndex],
    apart: async () => void (remade += 1),
  }),
});
const settingsOf = (userId: string) =>
  new SettingService({
    em: newEm(),
    audit,
    log: silentLog,
    currentUserId: () => userId,
    onChange: () => undefined,
  }).get();
const library = libraryHandlers(
  new LibraryService({ em: newEm(), currentUserId, jobs }),
  new SampleLibrary({ em: newEm(), audit, undo, log: silentLog, users, settingsOf }),
);

async function finish({ jobId }: { jobId: string }) {
  await jobs.whenStopped(jobId);
  return jobHandlers(jobs).get({ id: jobId });
}
const check = async () => libraryCheck.parse((await finish(await library.check(undefined))).result);

async function write(content: string): Promise<string> {
  const [row] = await newEm().execute<{ id: string }[]>(
    `insert into memory (id, user_id, content, content_hash, source, occurred_at)
     values (uuid_v7(), ?, ?, sha256(convert_to(?, 'UTF8')), 'note', now()) returning id`,
    [currentUserId(), content, content],
  );
  return row?.id ?? '';
}

test('what takes up how much adds up, and the counts are of whoever is at work', async () => {
  await write('The valve is behind the shed');
  const { parts, counts } = await library.report(undefined);
  expect(counts).toEqual({
    memories: 1,
    versions: 0,
    tags: 0,
    sessions: 1,
    documents: 0,
    specializations: 0,
  });
  const [row] = await newEm().execute<{ bytes: number }[]>(
    'select pg_database_size(current_database())::float8 as bytes',
  );
  const sum = parts.reduce((bytes, part) => bytes + part.bytes, 0);
  expect(Math.abs(sum - (row?.bytes ?? 0))).toBeLessThan(2_000_000);
  expect(parts.map(({ part }) => part)).toEqual(
    expect.arrayContaining(['memories', 'words', 'meaning', 'changes']),
  );
});

test('a whole library is found whole', async () => {
  await write('Turn it a quarter to the left');
  const { rows, findings } = await check();
  expect(findings).toEqual([]);
  expect(rows).toBeGreaterThan(1);
});

test('what was changed past Loci is found, and so is what words do not lead to', async () => {
  const altered = await write('The key is under the mat');
  const lost = await write('The spare key is with Anna');
  await newEm().execute(`update memory set content = 'The key is with me' where id = ?`, [altered]);
  await newEm().execute('delete from memory_word where memory_id = ?', [lost]);
  expect((await check()).findings).toEqual([
    { finding: 'altered', count: 1, what: null },
    { finding: 'withoutWords', count: 1, what: null },
  ]);
  await newEm().execute('delete from memory where id = ?', [altered]);
});

test('what was worked out of the memories is made anew', async () => {
  const lost = await write('The third key is in the drawer');
  await newEm().execute('delete from memory_word where memory_id = ?', [lost]);
  expect(await finish(await library.rebuild(undefined))).toMatchObject({
    status: 'succeeded',
    progress: 2,
    total: 2,
  });
  expect(remade).toBe(1);
  expect((await check()).findings).toEqual([]);
});

test('the sample library is one of its own: sixty memories, two specializations, nothing of it among one’s own', async () => {
  const own = currentUserId();
  const before = (await library.report(undefined)).counts;
  await library.openSample(undefined);
  expect(currentUserId()).not.toBe(own);
  expect((await library.report(undefined)).counts).toMatchObject({
    memories: 60,
    sessions: 3,
    specializations: 2,
  });
  // Asked for again it is the same one.
  await users.switchTo(own);
  await library.openSample(undefined);
  expect(await users.list()).toHaveLength(2);
  expect((await library.report(undefined)).counts).toMatchObject({ memories: 60 });
  await library.removeSample(undefined);
  expect(currentUserId()).toBe(own);
  expect((await library.report(undefined)).counts).toEqual(before);
  expect(await users.list()).toHaveLength(1);
  await expect(library.removeSample(undefined)).rejects.toMatchObject({ code: 'conflict' });
});

test('who has the same name as the sample library is not taken for it', async () => {
  const person = await users.create({ name: 'Sample library', email: null, session: {} });
  await expect(library.removeSample(undefined)).rejects.toMatchObject({ code: 'conflict' });
  expect((await users.list()).map(({ id }) => id)).toContain(person.id);
});
