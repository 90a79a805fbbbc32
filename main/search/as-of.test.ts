import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { searchOperations } from '../../shared/ipc/operations/search.ts';
import type { SearchRequest } from '../../shared/schemas/search.ts';
import { openTestDatabase } from '../database/testing.ts';
import { startTestEmbedder } from '../embedding/testing.ts';
import { addPerson, type TestPerson } from '../memories/testing.ts';
import { SearchService } from './search-service.ts';

const { em, newEm } = await openTestDatabase();
const embedder = startTestEmbedder();
afterAll(() => embedder.stop());

const serviceFor = ({ userId }: TestPerson) =>
  new SearchService({ em: newEm(), currentUserId: () => userId, embedder, pending: () => 0 });

const dateOf = (day: number) => `2025-01-${String(day).padStart(2, '0')}`;

/** What was done just now was done on that day. */
async function date(day: number): Promise<void> {
  const then = `'${dateOf(day)}T12:00:00Z'::timestamptz`;
  for (const [table, column] of [
    ['memory', 'created_at'],
    ['memory', 'deleted_at'],
    ['memory_version', 'created_at'],
    ['memory_past_word', 'ended_at'],
    ['audit_event', 'occurred_at'],
  ])
    await em.execute(`update ${table} set ${column} = ${then} where ${column} > '2025-02-01'`);
}

async function find(person: TestPerson, text: string, more: Partial<SearchRequest> = {}) {
  return serviceFor(person).query({ text, caret: null, timeZone: 'UTC', limit: 200, ...more });
}
const idsOf = async (person: TestPerson, text: string) =>
  (await find(person, text)).hits.map(({ memory }) => memory.id).toSorted();

const asOf = (day: number) => `as-of:${dateOf(day)}`;

async function withStory() {
  const person = await addPerson(newEm);
  const { memories, bulk } = person;
  const add = async (content: string, more = {}) => (await memories.create({ content, ...more })).memory.id;
  const garlic = await add('Planted the garlic near the fence.', { tags: ['garden'], importance: 0.2 });
  const boiler = await add('The boiler leaks.');
  await date(2);
  await memories.update({
    id: garlic,
    version: 1,
    content: 'Planted the tulips near the wall.',
    title: 'Beds',
  });
  await memories.update({ id: garlic, version: 2, tags: ['flowers'], importance: 0.9 });
  await bulk.trash([boiler]);
  await date(5);
  await bulk.restore([boiler]);
  const roses = await add('Pruned the roses near the fence.', { tags: ['garden'] });
  await date(8);
  await bulk.trash([garlic]);
  await date(11);
  return { person, garlic, boiler, roses };
}

test('a memory is found by the words it had, with the text it had', async () => {
  const { person, garlic, roses } = await withStory();
  const then = await find(person, `garlic ${asOf(3)}`);
  expect(searchOperations.query.output.parse(then)).toEqual(then);
  expect(then.hits).toHaveLength(1);
  expect(then.hits[0]).toMatchObject({
    memory: {
      id: garlic,
      version: 1,
      title: null,
      importance: 0.2,
      preview: 'Planted the garlic near the fence.',
    },
    matchedWords: ['garlic'],
    asOf: { version: 1, isCurrent: false, tags: ['garden'] },
  });
  expect(then).toMatchObject({ asOf: '2025-01-04T00:00:00.000Z', problems: [], nothingRelevant: false });
  // The text of then can be opened.
  const compared = await person.history.compare(garlic, then.hits[0]?.asOf?.version ?? 0, 3);
  expect(compared.content.map(({ text }) => text).join('')).toContain('garlic');

  expect(await idsOf(person, `garlic ${asOf(6)}`)).toEqual([]);
  expect(await idsOf(person, `tulips ${asOf(6)}`)).toEqual([garlic]);
  expect(await idsOf(person, `tulips ${asOf(3)}`)).toEqual([]);
  expect(await idsOf(person, `fence ${asOf(9)}`)).toEqual([roses]);
  expect(await idsOf(person, `fence ${asOf(1)}`)).toEqual([]);
  // A whole day belongs to its date.
  expect(await idsOf(person, `garlic ${asOf(2)}`)).toEqual([garlic]);
  expect(await idsOf(person, `garlic ${asOf(5)}`)).toEqual([]);
});

test('where the words stood then is told', async () => {
  const { person, garlic } = await withStory();
  const [reasons] = await serviceFor(person).reasons({
    text: `garlic ${asOf(3)}`,
    caret: null,
    timeZone: 'UTC',
    ids: [garlic],
  });
  expect(reasons).toMatchObject({ sentence: null, excerpt: { text: 'Planted the garlic near the fence.' } });
  expect(reasons?.content).toEqual([{ start: 12, end: 18 }]);
});

test('what was in the trash then is only found there, whatever has happened since', async () => {
  const { person, garlic, boiler } = await withStory();
  expect(await idsOf(person, `boiler ${asOf(3)}`)).toEqual([boiler]);
  expect(await idsOf(person, `boiler ${asOf(6)}`)).toEqual([]);
  expect(await idsOf(person, `in:trash boiler ${asOf(6)}`)).toEqual([boiler]);
  expect(await idsOf(person, `boiler ${asOf(9)}`)).toEqual([boiler]);
  expect(await idsOf(person, `tulips ${asOf(12)}`)).toEqual([]);
  expect(await idsOf(person, `in:trash tulips ${asOf(12)}`)).toEqual([garlic]);
});

test('filters, phrases and minus hold for what was', async () => {
  const { person, garlic, boiler, roses } = await withStory();
  expect(await idsOf(person, `tag:garden ${asOf(3)}`)).toEqual([garlic]);
  expect(await idsOf(person, `tag:garden ${asOf(9)}`)).toEqual([roses]);
  expect(await idsOf(person, `tag:flowers near ${asOf(9)}`)).toEqual([garlic]);
  expect(await idsOf(person, `-tag:garden ${asOf(3)}`)).toEqual([boiler]);
  expect(await idsOf(person, `is:untagged ${asOf(3)}`)).toEqual([boiler]);
  expect(await idsOf(person, `importance:<0.3 ${asOf(3)}`)).toEqual([garlic]);
  expect(await idsOf(person, `importance:>0.8 ${asOf(9)}`)).toEqual([garlic]);
  expect(await idsOf(person, `has:version ${asOf(3)}`)).toEqual([]);
  expect(await idsOf(person, `has:version ${asOf(9)}`)).toEqual([garlic]);
  expect(await idsOf(person, `"near the fence" ${asOf(3)}`)).toEqual([garlic]);
  expect(await idsOf(person, `"the near fence" ${asOf(3)}`)).toEqual([]);
  expect(await idsOf(person, `"near the fence" ${asOf(9)}`)).toEqual([roses]);
  expect(await idsOf(person, `planted -garlic ${asOf(3)}`)).toEqual([]);
  expect(await idsOf(person, `planted -garlic ${asOf(6)}`)).toEqual([garlic]);
  expect(await idsOf(person, `-garlic ${asOf(3)}`)).toEqual([boiler]);
  expect(await idsOf(person, `-"near the wall" ${asOf(9)}`)).toEqual([boiler, roses].toSorted());
  expect(await idsOf(person, `garl* ${asOf(3)}`)).toEqual([garlic]);
  expect((await find(person, `near ${asOf(9)}`, { order: 'oldest' })).hits).toHaveLength(2);
});

test('a date to come, and today, is the library as it is', async () => {
  const { person, roses } = await withStory();
  for (const when of ['as-of:2999-01-01', 'as-of:today']) {
    const { hits, asOf: past } = await find(person, `roses ${when}`, { by: 'words' });
    expect([hits.map(({ memory }) => memory.id), past]).toEqual([[roses], undefined]);
  }
});

test('of texts of scripts without spaces, parts are found as they were', async () => {
  const person = await addPerson(newEm);
  const { memory } = await person.memories.create({ content: '東京都庁に行きました' });
  await date(2);
  await person.memories.update({ id: memory.id, version: 1, content: '大阪城に行きました' });
  await date(4);
  expect(await idsOf(person, `東京都庁 ${asOf(3)}`)).toEqual([memory.id]);
  expect(await idsOf(person, `"京都" ${asOf(3)}`)).toEqual([memory.id]);
  expect(await idsOf(person, `"都京" ${asOf(3)}`)).toEqual([]);
  expect(await idsOf(person, `東京都庁 ${asOf(5)}`)).toEqual([]);
});

test('another person sees nothing of it, and what was merged in was never a state of the other', async () => {
  const { person, boiler, roses } = await withStory();
  expect(await idsOf(await addPerson(newEm), `garlic ${asOf(3)}`)).toEqual([]);
  const seen = await person.memories.findByIds([boiler, roses]);
  const [into, other] = seen.map(({ id, version }) => ({ id, version }));
  if (!into || !other) throw new Error('They are there');
  await person.merges.merge({ ...into, others: [other], content: 'Boiler and roses' });
  await date(14);
  expect(await idsOf(person, `pruned ${asOf(12)}`)).toEqual([roses]);
  expect(await idsOf(person, `leaks ${asOf(12)}`)).toEqual([boiler]);
  expect(await idsOf(person, `roses ${asOf(15)}`)).toEqual([boiler]);
});

test('nothing of a purged memory is found in any time', async () => {
  const { person, garlic } = await withStory();
  await person.trash.purge([garlic]);
  expect(await idsOf(person, `garlic ${asOf(3)}`)).toEqual([]);
  expect(await idsOf(person, asOf(3))).not.toContain(garlic);
});

const vocabulary = ['apple', 'birch', 'cloud', 'dune'] as const;
test('those that said the very same then are one hit, and are two where they did not', async () => {
  const person = await addPerson(newEm);
  const search = serviceFor(person);
  const made = [];
  for (let i = 0; i < 5; i++)
    made.push((await person.memories.create({ content: 'The heron stood.' })).memory);
  await date(1);
  const [first] = made;
  if (first)
    await person.memories.update({ id: first.id, version: first.version, content: 'The heron flew off.' });
  await date(2);
  const copiesOn = async (day: number) => {
    const { hits, found } = await search.query({ text: `heron ${asOf(day)}`, caret: null, timeZone: 'UTC' });
    return [found, ...hits.map(({ copies }) => copies.length).toSorted((a, b) => a - b)];
  };
  expect([await copiesOn(1), await copiesOn(2)]).toEqual([
    [1, 4],
    [2, 0, 3],
  ]);
});

const words = fc.uniqueArray(fc.constantFrom(...vocabulary), { minLength: 1, maxLength: 3 });
const step = fc.record({
  what: fc.constantFrom('add', 'write', 'write', 'tag', 'trash', 'restore', 'pin', 'undo'),
  which: fc.nat(5),
  words,
});

test('whatever was done, each day is found again as it was', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 9 }), async (steps) => {
      const person = await addPerson(newEm);
      const search = serviceFor(person);
      const days: ReadonlyMap<string, { content: string; tags: string[]; trashed: boolean }>[] = [];
      let ids: string[] = [];
      let undoId: string | null = null;
      for (const [index, { what, which, words: chosen }] of steps.entries()) {
        const id = ids[which % Math.max(1, ids.length)];
        const content = chosen.join(' ');
        if (what === 'add' || id === undefined) {
          ids = [...ids, (await person.memories.create({ content })).memory.id];
        } else if (what === 'undo') {
          if (undoId !== null) await person.undo.run(undoId);
          undoId = null;
        } else if (what === 'write') {
          const [memory] = await person.memories.findByIds([id]);
          if (memory?.deletedAt === null)
            await person.memories.update({ id, version: memory.version, content, importance: which / 5 });
        } else {
          const act = {
            tag: () => person.bulk.tag([id], { names: chosen }),
            trash: () => person.bulk.trash([id]),
            restore: () => person.bulk.restore([id]),
            pin: () => person.bulk.setPinned([id], which % 2 === 0),
          }[what];
          undoId = (await act()).undoId ?? undoId;
        }
        await date(index + 1);
        const now = await person.memories.findByIds(ids);
        days.push(
          new Map(
            now.map(({ id: key, content: text, tags, deletedAt }) => [
              key,
              { content: text, tags: tags.map(({ name }) => name), trashed: deletedAt !== null },
            ]),
          ),
        );
      }
      for (const [index, day] of days.entries()) {
        for (const word of vocabulary) {
          for (const [query, holds] of [
            [word, ({ content }) => content.includes(word)],
            [`-${word}`, ({ content }) => !content.includes(word)],
            [`tag:${word}`, ({ tags }) => tags.includes(word)],
          ] as [string, (memory: { content: string; tags: string[] }) => boolean][]) {
            const { hits } = await search.query({
              text: `${query} ${asOf(index + 1)}`,
              caret: null,
              timeZone: 'UTC',
            });
            const expected = [...day].filter(([, memory]) => !memory.trashed && holds(memory));
            const found = hits.flatMap(({ memory, copies }) =>
              [memory.id, ...copies].map((key) => `${key} ${memory.preview}`),
            );
            expect(new Set(found)).toEqual(
              new Set(expected.map(([key, { content }]) => `${key} ${content}`)),
            );
          }
        }
      }
    }),
    { numRuns: 12 },
  );
}, 120_000);

test('a slip in a word is set right in any time', async () => {
  const person = await addPerson(newEm);
  const { memory } = await person.memories.create({ content: 'The heron stands in the lake.' });
  await date(2);
  const { hits, correctedTo } = await find(person, `heorn ${asOf(3)}`);
  expect(hits.map(({ memory: { id } }) => id)).toEqual([memory.id]);
  expect(correctedTo).toEqual([{ from: 'heorn', to: 'heron' }]);
  const [why] = await serviceFor(person).reasons({
    text: `heorn ${asOf(3)}`,
    caret: null,
    timeZone: 'UTC',
    ids: [memory.id],
  });
  expect(why?.content).toEqual([{ start: 4, end: 9 }]);
});
