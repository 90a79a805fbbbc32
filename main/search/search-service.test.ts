import { afterAll, beforeAll, expect, test } from 'vitest';
import { searchOperations } from '../../shared/ipc/operations/search.ts';
import type { SearchRequest } from '../../shared/schemas/search.ts';
import { openTestDatabase } from '../database/testing.ts';
import { copyBuiltModel, startTestEmbedder } from '../embedding/testing.ts';
import { silentLog } from '../logging/log.ts';
import { addPerson, type TestPerson } from '../memories/testing.ts';
import { EmbeddingQueue } from './embedding-queue.ts';
import { SearchService } from './search-service.ts';

const { database, newEm } = await openTestDatabase();
const embedder = startTestEmbedder();

const texts = {
  boiler:
    'The plumber came on Monday. He repaired the boiler and charged 85 pounds. The kitchen is dry again.',
  garlic: 'Planted the garlic between the roses and the fence. Harvest when half of the leaves are yellow.',
  ferry: 'Saw the northern lights from the ferry to Iceland, green with a hint of purple.',
  rome: 'The lake was cold. From there we took the train to Rome and ate pizza near the station.',
  como: 'The lake was warm in September, and the boats went until midnight.',
  booking: 'Flight to Reykjavik leaves at 6:55 from terminal 2, booking code QX7LPA.',
};
type Name = keyof typeof texts;

let person: TestPerson;
let ids: Record<Name, string>;
let search: SearchService;

const serviceFor = (
  userId: string,
  overrides: Partial<ConstructorParameters<typeof SearchService>[0]> = {},
) =>
  new SearchService({ em: newEm(), currentUserId: () => userId, embedder, pending: () => 0, ...overrides });

beforeAll(async () => {
  person = await addPerson(newEm);
  const made = await Promise.all(
    Object.entries(texts).map(async ([name, content], i) => {
      const occurredAt = `2026-0${i + 1}-01T12:00:00.000Z`;
      const tags = name === 'como' || name === 'rome' ? ['italy'] : [];
      const { memory } = await person.memories.create({ content, occurredAt, tags });
      return [name, memory.id] as const;
    }),
  );
  const byName = new Map<string, string>(made);
  const idOf = (name: Name) => byName.get(name) ?? '';
  ids = {
    boiler: idOf('boiler'),
    garlic: idOf('garlic'),
    ferry: idOf('ferry'),
    rome: idOf('rome'),
    como: idOf('como'),
    booking: idOf('booking'),
  };
  await embedAll();
  search = serviceFor(person.userId);
}, 120_000);

afterAll(() => embedder.stop());

async function embedAll(userId = person.userId): Promise<void> {
  await embedder.whenSettled();
  const queue = new EmbeddingQueue({
    database,
    embedder,
    currentUserId: () => userId,
    log: silentLog,
  });
  await queue.whenIdle();
  await queue.stop();
}

async function find(text: string, request: Partial<SearchRequest> = {}, service = search): Promise<string[]> {
  const { hits } = await service.query({ text, caret: null, ...request });
  return hits.map(({ memory: { id } }) => id);
}

test('a memory is found by what it means, in other words', async () => {
  const result = await search.query({ text: 'who mended our heating', caret: null });
  const [hit] = result.hits;
  expect(hit).toMatchObject({ memory: { id: ids.boiler }, matchedWords: [], meaning: { rank: 1 } });
  const sum = Object.values(hit?.contributions ?? {}).reduce((a, b) => a + b, 0);
  expect(sum).toBeCloseTo(hit?.score ?? 0, 8);
  expect(result.meaning).toEqual({ state: 'used', exact: true, pending: 0 });
  expect(searchOperations.query.output.parse(result)).toEqual(result);
});

test('a word that is in one memory finds it, and where it stands is told', async () => {
  expect((await find('garlic'))[0]).toBe(ids.garlic);
  const [reasons] = await search.reasons({ text: 'garlic', caret: null, ids: [ids.garlic] });
  const { start = 0, end = 0 } = reasons?.content[0] ?? {};
  expect(texts.garlic.slice(start, end)).toBe('garlic');
  expect(reasons?.excerpt).toEqual({ start: 0, text: texts.garlic });
});

test('the sentence that is nearest is told', async () => {
  const [reasons] = await search.reasons({ text: 'repairing the heating', caret: null, ids: [ids.boiler] });
  const { start = 0, end = 0 } = reasons?.sentence ?? {};
  expect(texts.boiler.slice(start, end)).toBe('He repaired the boiler and charged 85 pounds.');
});

test('what is in quotes has to be there, and what has a minus must not, whatever it means', async () => {
  expect(await find('"took the train"')).toEqual([ids.rome]);
  const found = await find('lake -rome');
  expect(found[0]).toBe(ids.como);
  expect(found).not.toContain(ids.rome);
});

test('a filter holds for words and meaning alike', async () => {
  expect((await find('tag:italy warm water')).toSorted()).toEqual([ids.como, ids.rome].toSorted());
});

test('filters alone list what passes them, the latest first', async () => {
  expect(await find('tag:italy')).toEqual([ids.como, ids.rome]);
  expect(await find('tag:italy', { order: 'oldest' })).toEqual([ids.rome, ids.como]);
  expect(await find('tag:italy -rome')).toEqual([ids.como]);
});

test('hits can be put in the order of time', async () => {
  expect((await find('lake', { order: 'oldest' })).slice(0, 2)).toEqual([ids.rome, ids.como]);
});

test('pages follow each other without a gap', async () => {
  const all = await find('the lake in Italy');
  const first = await find('the lake in Italy', { limit: 2 });
  const second = await find('the lake in Italy', { limit: 2, offset: 2 });
  expect([...first, ...second]).toEqual(all.slice(0, 4));
});

test('nothing about it is said to be nothing, and a code that is there is found', async () => {
  expect(await search.query({ text: 'mitochondrial protein phosphorylation', caret: null })).toMatchObject({
    nothingRelevant: true,
    relevant: 0,
  });
  const found = await search.query({ text: 'QX7LPA', caret: null });
  expect([found.nothingRelevant, found.hits[0]?.memory.id]).toEqual([false, ids.booking]);
});

test('a misspelt word is corrected where nothing else is found', async () => {
  const { correctedTo, hits } = await search.query({ text: 'garlick', caret: null, by: 'words' });
  expect(correctedTo).toEqual([{ from: 'garlick', to: 'garlic' }]);
  expect(hits[0]?.memory.id).toBe(ids.garlic);
});

test('no other word takes the place of one that stands nowhere, but whose meaning is found', async () => {
  const other = await addPerson(newEm);
  const radiator = await other.memories.create({
    content: 'The radiators stay cold, the boiler needs repair.',
  });
  const hall = await other.memories.create({ content: 'Seating for forty guests, in rows of eight.' });
  await embedAll(other.userId);
  const { hits, correctedTo } = await serviceFor(other.userId).query({ text: 'heating', caret: null });
  expect(hits.map(({ memory, matchedWords }) => [memory.id, matchedWords])).toEqual([
    [radiator.memory.id, []],
    [hall.memory.id, []],
  ]);
  expect(correctedTo).toEqual([{ from: 'heating', to: 'seating' }]);
});

test('a broken model leaves the words, and is named', async () => {
  using model = copyBuiltModel();
  const { rm } = await import('node:fs/promises');
  await rm(model.modelDir, { recursive: true });
  await using broken = startTestEmbedder({ modelDir: model.modelDir });
  await broken.whenSettled();
  const service = serviceFor(person.userId, { embedder: broken, pending: () => 6 });
  const { hits, meaning } = await service.query({ text: 'lake', caret: null });
  expect(hits.map(({ memory }) => memory.id).toSorted()).toEqual([ids.como, ids.rome].toSorted());
  expect(meaning).toMatchObject({
    state: 'unavailable',
    pending: 6,
    problem: expect.stringContaining('missing'),
  });
  const [reasons] = await service.reasons({ text: 'lake', caret: null, ids: [ids.como] });
  expect([reasons?.sentence, reasons?.content.length]).toEqual([null, 1]);
});

test('while the model loads words are found already', async () => {
  await using loading = startTestEmbedder();
  const service = serviceFor(person.userId, { embedder: loading });
  const { hits, meaning } = await service.query({ text: 'garlic', caret: null });
  expect([hits.length, meaning.state]).toEqual([1, 'loading']);
});

test('a later search of the same window takes the place of the one before, and of no other window’s', async () => {
  const elsewhere = search.query({ text: 'garlic', asker: 'another window' });
  const before = search.query({ text: 'the lake', asker: 'window' });
  const after = search.query({ text: 'the lake in', asker: 'window' });
  await expect(before).rejects.toMatchObject({ code: 'cancelled' });
  expect((await after).hits.length).toBeGreaterThan(0);
  expect((await elsewhere).hits.length).toBeGreaterThan(0);
});

test('another person finds nothing of it, and cannot ask about it', async () => {
  const other = await addPerson(newEm);
  const theirs = serviceFor(other.userId);
  expect(await find('lake', {}, theirs)).toEqual([]);
  expect(await theirs.reasons({ text: 'lake', ids: [ids.como] })).toEqual([]);
  await expect(theirs.explain({ text: 'lake', id: ids.como })).rejects.toMatchObject({ code: 'not_found' });
});

test('memories that say the very same are one hit', async () => {
  const own = await addPerson(newEm);
  for (let i = 0; i < 3; i++) await own.memories.create({ content: 'Beekeeping starts in April.' });
  const { hits, found } = await serviceFor(own.userId).query({ text: 'beekeeping', caret: null });
  expect([found, hits[0]?.copies.length]).toEqual([1, 2]);
});

test('why a memory is not in the list is told', async () => {
  expect(await search.explain({ text: 'tag:italy garlic', caret: null, id: ids.garlic })).toMatchObject({
    place: null,
    excludedBy: ['tag:italy'],
  });
  expect(await search.explain({ text: 'lake "in winter"', caret: null, id: ids.como })).toMatchObject({
    place: null,
    excludedBy: ['"in winter"'],
  });
  const { place, missingWords, matchedWords, standing, reasons } = await search.explain({
    text: 'lake winter',
    caret: null,
    id: ids.como,
  });
  expect({ place, missingWords, matchedWords }).toEqual({
    place: 1,
    missingWords: ['winter'],
    matchedWords: ['lake'],
  });
  expect(standing?.words?.rank).toBe(1);
  expect(reasons).toContain('It does not have: winter.');
});

test('what is in the trash is only found there, and that is said', async () => {
  const { memory } = await person.memories.create({ content: 'Elderflower syrup needs thirty heads.' });
  await person.bulk.trash([memory.id]);
  expect(await find('elderflower', { by: 'words' })).toEqual([]);
  expect(await find('in:trash elderflower', { by: 'words' })).toEqual([memory.id]);
  const { place, reasons } = await search.explain({ text: 'elderflower', caret: null, id: memory.id });
  expect([place, reasons[0]]).toEqual([null, 'It is in the trash. Search with in:trash to find it.']);
});

test('what is wrong in a query is named, and the rest of it is searched for', async () => {
  const { problems, hits } = await search.query({ text: 'lake after:nonsense', timeZone: 'Europe/Rome' });
  expect(hits.length).toBeGreaterThan(0);
  expect(problems).toMatchObject([{ from: 11, to: 19 }]);
});

test('a time zone that does not exist is refused', () => {
  const { input } = searchOperations.query;
  expect(input.safeParse({ text: 'lake', timeZone: 'Europe/Atlantis' }).success).toBe(false);
  expect(input.safeParse({ text: 'lake', timeZone: 'Europe/Rome' }).success).toBe(true);
});
