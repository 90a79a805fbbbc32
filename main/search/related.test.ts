import { afterAll, beforeAll, expect, test } from 'vitest';
import { searchOperations } from '../../shared/ipc/operations/search.ts';
import { openTestDatabase } from '../database/testing.ts';
import { startTestEmbedder } from '../embedding/testing.ts';
import { silentLog } from '../logging/log.ts';
import { addPerson, type TestPerson } from '../memories/testing.ts';
import { EmbeddingQueue } from './embedding-queue.ts';
import { RelatedService } from './related-service.ts';
import { SemanticIndex } from './semantic-index.ts';

const { database, em, newEm } = await openTestDatabase();
const embedder = startTestEmbedder();
beforeAll(() => embedder.whenSettled());
afterAll(() => embedder.stop());

async function embedAll({ userId }: TestPerson): Promise<void> {
  const queue = new EmbeddingQueue({
    database,
    embedder,
    currentUserId: () => userId,
    log: silentLog,
  });
  await queue.whenIdle();
  await queue.stop();
}

const serviceFor = (
  { userId }: TestPerson,
  by: ConstructorParameters<typeof RelatedService>[0]['embedder'] = embedder,
) => new RelatedService({ em: newEm(), currentUserId: () => userId, embedder: by });

const texts = {
  garlic: 'Planted the garlic between the roses and the fence. Harvest when half of the leaves are yellow.',
  onions: 'The onions and the garlic of last year went into a bed near the fence, and both grew well.',
  leeks:
    'Leeks, onions and garlic are planted in the vegetable garden before the frost. They want deep soil.',
  copy: 'Planted the garlic between the roses and the fence. Harvest when half of the leaves are yellow.',
  edited:
    'Planted the garlic between the roses and the old fence. Harvest when half of the leaves are yellow!',
  boiler: 'The plumber repaired the boiler on Monday and charged 85 pounds.',
  diary: [
    'Monday. The train was late, and nobody knew why. We waited for two hours on the platform and drank bad coffee. ',
    'In the afternoon I signed the contract for the new flat, third floor, with a view of the canal and a lift. ',
    `The vegetable garden behind the house needs work: garlic, onions and leeks have to be planted before the frost.
     The soil should be dug deep there. Onions want sun. Garlic goes between the rows of leeks, so that all of them grow.
     Next to the vegetables there is room for a bed of herbs. Leeks can stay in the soil over the winter. `,
    'Grandmother called in the evening. She has read the novel to its end and wants the next one for her birthday. ',
  ]
    .map((paragraph, index) => paragraph.repeat(index === 2 ? 3 : 8))
    .join('\n\n'),
};
type Name = keyof typeof texts;

async function library() {
  const person = await addPerson(newEm);
  const ids = new Map<string, Name>();
  const byName = new Map<Name, string>();
  for (const name of Object.keys(texts) as Name[]) {
    const { memory } = await person.memories.create({ content: texts[name] });
    ids.set(memory.id, name);
    byName.set(name, memory.id);
  }
  const idOf = (name: Name) => byName.get(name) ?? '';
  const service = serviceFor(person);
  const find = async (name: Name, by = service) => {
    const result = await by.related({ id: idOf(name) });
    expect(searchOperations.related.output.parse(result)).toEqual(result);
    return { ...result, names: result.related.map(({ memory }) => ids.get(memory.id)) };
  };
  return { person, idOf, find, service };
}

test('what is about the same is found, without the memory itself, its copies and its edited copies', async () => {
  const { person, find } = await library();
  await embedAll(person);
  const { names, by, waiting, related } = await find('garlic');
  expect([by, waiting]).toEqual(['meaning', false]);
  expect(names[0]).toBe('onions');
  expect(names).toContain('leeks');
  for (const name of ['garlic', 'copy', 'edited', 'boiler']) expect(names).not.toContain(name);
  const likenesses = related.map(({ likeness }) => likeness);
  expect(likenesses).toEqual(likenesses.toSorted((a, b) => b - a));
  expect(related[0]?.words).toEqual(expect.arrayContaining(['garlic', 'fence']));
  // Copies of each other stand for each other.
  const of = await find('onions');
  const garlic = of.related.find(({ memory }) => memory.preview === texts.garlic);
  expect([
    of.names.filter((name) => name === 'garlic' || name === 'copy').length,
    garlic?.copies.length,
  ]).toEqual([1, 1]);
});

test('a long memory is near a short one by one of its passages, and both sentences are told', async () => {
  const { person, find, idOf, service } = await library();
  await embedAll(person);
  const { related, names } = await find('leeks');
  expect(names).toContain('diary');
  const pair = related[names.indexOf('diary')];
  expect(texts.diary.slice(pair?.other?.start, pair?.other?.end)).toContain('garlic, onions and leeks');
  const { own, other, memory } = pair ?? {};
  if (!own || !other || !memory) throw new Error('It was found by meaning');
  const reasons = await service.reasons({ id: idOf('leeks'), pairs: [{ id: memory.id, own, other }] });
  expect(searchOperations.relatedReasons.output.parse(reasons)).toEqual(reasons);
  const [reason] = reasons;
  expect(texts.diary.slice(reason?.other.start, reason?.other.end)).toContain('garlic, onions and leeks');
  expect(texts.leeks.slice(reason?.own.start, reason?.own.end)).toMatch(/^(Leeks|They)/);
  // And the other way round.
  expect((await find('diary')).names).toEqual(expect.arrayContaining(['onions']));
});

test('what is not embedded yet is compared by words, and says so', async () => {
  const { find, service, idOf, person } = await library();
  const { by, waiting, names, related } = await find('garlic');
  expect([by, waiting]).toEqual(['words', true]);
  expect(names[0]).toBe('onions');
  for (const name of ['garlic', 'copy', 'edited', 'boiler']) expect(names).not.toContain(name);
  expect(related[0]).toMatchObject({ similarity: null, own: null, other: null });
  expect(related[0]?.words).toContain('garlic');
  await embedAll(person);
  await person.memories.update({
    id: idOf('garlic'),
    version: 1,
    content: 'The boiler leaks again, the plumber has to come.',
  });
  expect(await service.related({ id: idOf('garlic') })).toMatchObject({ by: 'words', waiting: true });
  await embedAll(person);
  expect((await find('garlic')).names[0]).toBe('boiler');
});

test('what is stored is compared also while no model runs; only the sentences are missing then', async () => {
  const { person, find, idOf } = await library();
  await embedAll(person);
  await using stopped = startTestEmbedder();
  await stopped.stop();
  const service = serviceFor(person, stopped);
  const { by, names, related } = await find('garlic', service);
  expect([by, names[0]]).toEqual(['meaning', 'onions']);
  const [first] = related;
  if (!first?.own || !first.other) throw new Error('It was found by meaning');
  const pairs = [{ id: first.memory.id, own: first.own, other: first.other }];
  expect(await service.reasons({ id: idOf('garlic'), pairs })).toEqual([]);
});

test('the trash is left out, and whoever is in it is still compared', async () => {
  const { person, find, idOf } = await library();
  await embedAll(person);
  await person.bulk.trash([idOf('onions'), idOf('garlic')]);
  const { names } = await find('garlic');
  expect(names).not.toContain('onions');
  expect(names).toContain('leeks');
});

test('nobody sees what others wrote, or can ask about it', async () => {
  const { person, idOf } = await library();
  const other = await addPerson(newEm);
  const { memory } = await other.memories.create({ content: 'Garlic grows near my fence.' });
  await embedAll(person);
  const theirs = serviceFor(other);
  expect((await theirs.related({ id: memory.id })).related).toEqual([]);
  await expect(theirs.related({ id: idOf('garlic') })).rejects.toMatchObject({ code: 'not_found' });
  await expect(
    theirs.reasons({
      id: idOf('garlic'),
      pairs: [{ id: memory.id, own: { start: 0, end: 9 }, other: { start: 0, end: 9 } }],
    }),
  ).rejects.toMatchObject({ code: 'not_found' });
});

test('with an index of vectors the same is found', async () => {
  const { person, find } = await library();
  await embedAll(person);
  const before = await Promise.all((['garlic', 'diary', 'leeks'] as const).map((name) => find(name)));
  const index = new SemanticIndex({ database, log: silentLog, fromPieces: 5 });
  for (const model of await em.execute<{ id: number; dimension: number }[]>(
    'select id, dimension from embedding_model',
  ))
    expect(await index.ensure(model)).toBe(true);
  const after = await Promise.all((['garlic', 'diary', 'leeks'] as const).map((name) => find(name)));
  expect(after.map(({ names }) => names)).toEqual(before.map(({ names }) => names));
  await index.stop();
});
