import { afterAll, expect, test } from 'vitest';
import { newSpecialization } from '../../shared/schemas/specialization.ts';
import { specializationSearchRequest } from '../../shared/schemas/specialization-search.ts';
import { startTestEmbedder } from '../embedding/testing.ts';
import { silentLog } from '../logging/log.ts';
import { MemoryService } from '../memories/memory-service.ts';
import { EmbeddingQueue } from '../search/embedding-queue.ts';
import { openTestLibrary } from '../users/testing.ts';
import { openSpecializations } from './testing.ts';

const library = await openTestLibrary();
const { addPerson, undo } = library;
const embedder = startTestEmbedder();
const { specializations, keeper } = openSpecializations(library, embedder);
const memories = new MemoryService({ ...library, em: library.newEm() });
const queue = new EmbeddingQueue({
  database: library.database,
  embedder,
  currentUserId: library.currentUserId,
  log: silentLog,
});
await embedder.whenSettled();
afterAll(async () => {
  await queue.stop();
  await embedder.stop();
});

const create = async (
  name: string,
  fields: { description?: string; domain?: string; tags?: string[] } = {},
) => (await specializations.create(newSpecialization.parse({ name, ...fields }))).id;
const search = (text: string) =>
  specializations.search(specializationSearchRequest.parse({ text, caret: null }));
const names = async (text: string) =>
  (await search(text)).hits.flatMap((hit) => (hit.isRelevant ? hit.specialization.name : []));
const remember = async (...texts: string[]) => {
  const ids: string[] = [];
  for (const content of texts) ids.push((await memories.create({ content })).memory.id);
  return ids;
};
async function settle(): Promise<void> {
  await queue.whenIdle();
  await keeper.keepUp();
}

const garden = [
  'Tomatoes want a sunny place and water at their roots every morning.',
  'Prune the apple tree in February, before the buds open.',
  'Slugs eat young lettuce; copper tape around the raised bed keeps them away.',
  'Compost needs kitchen scraps and dry leaves in equal parts.',
];
const law = [
  'A tenant may end the lease with three months of notice in writing.',
  'The landlord has to return the deposit within six months of moving out.',
  'A contract for the sale of land must be notarised.',
];

test('a specialization is found by a sentence that shares no word with it', async () => {
  await addPerson();
  await create('adapter v3', {
    description: 'Rules about renting flats, leases and the duties of landlords.',
  });
  await create('lora final', { description: 'How to grow vegetables and look after trees.' });
  await settle();
  expect((await names('Can my apartment owner throw me out?'))[0]).toBe('adapter v3');
  const { hits, meaning } = await search('Which plants can I sow in spring?');
  expect(hits[0]).toMatchObject({
    specialization: { name: 'lora final' },
    matchedWords: [],
    words: null,
    meaning: { by: 'description' },
  });
  expect(meaning).toMatchObject({ state: 'used', pending: 0 });
});

test('it is found by what its memories are about, though it says nothing of it', async () => {
  await addPerson();
  const id = await create('checkpoint-500');
  await create('checkpoint-900');
  await specializations.link({ id, memoryIds: await remember(...garden), role: 'training' });
  await settle();
  const { hits } = await search('vegetables and fruit growing behind the house');
  expect(hits[0]).toMatchObject({ specialization: { id }, meaning: { by: 'memories' }, isRelevant: true });
});

test('it is found by its words at once, and by those of its memories once they are read', async () => {
  await addPerson();
  const id = await create('Leases', { description: 'Tenancy', tags: ['trusted'], domain: 'law' });
  expect(await search('lease')).toMatchObject({
    hits: [{ specialization: { id }, matchedWords: ['lease'], words: { coverage: 1 } }],
  });
  expect(await names('trusted')).toEqual(['Leases']);
  expect(await names('"tenancy"')).toEqual(['Leases']);
  expect(await names('leases -tenancy')).toEqual([]);
  expect(await names('tena*')).toEqual(['Leases']);
  await specializations.link({
    id,
    memoryIds: await remember(...law, ...law.map((text) => `${text} Notarised.`)),
    role: 'reference',
  });
  await settle();
  const { hits } = await search('notarised');
  expect(hits[0]).toMatchObject({ specialization: { id }, matchedWords: ['notarised'] });
});

test('changed words and meanings take the place of those before', async () => {
  await addPerson();
  const made = await specializations.create(
    newSpecialization.parse({ name: 'One', description: 'Baking bread and cakes' }),
  );
  await settle();
  expect(await names('sourdough in the oven')).toEqual(['One']);
  await specializations.update({ id: made.id, version: made.version, description: 'Repairing bicycles' });
  await settle();
  expect(await names('sourdough in the oven')).toEqual([]);
  expect(await names('bread')).toEqual([]);
  expect(await names('a flat tyre and a rusty chain')).toEqual(['One']);
});

test('with another model, meanings are made anew', async () => {
  await addPerson();
  await create('One', { description: 'Baking bread and cakes' });
  await settle();
  // As if all so far had been made with the model before.
  await library.em.execute(`update embedding_model set revision = 'before'`);
  const meanwhile = await search('sourdough in the oven');
  expect(meanwhile).toMatchObject({ meaning: { state: 'used', pending: 1 }, nothingRelevant: true });
  await settle();
  expect(await names('sourdough in the oven')).toEqual(['One']);
  expect((await search('sourdough in the oven')).meaning.pending).toBe(0);
});

test('filters narrow, alone and with words', async () => {
  await addPerson();
  await create('Law one', { domain: 'Law', tags: ['a', 'b'] });
  await create('Law two', { domain: 'law', tags: ['a'] });
  await create('Cooking', { domain: 'kitchen' });
  expect(await names('domain:law')).toEqual(['Law two', 'Law one']);
  expect(await names('tag:a tag:B')).toEqual(['Law one']);
  expect(await names('-domain:law')).toEqual(['Cooking']);
  expect(await names('domain:law one')).toEqual(['Law one']);
  expect(await names('missing:yes')).toEqual([]);
  expect(await names('memories:0 status:draft')).toHaveLength(3);
  expect(await names('base:llama rank:>=16 target:q_proj format:gguf missing:yes')).toEqual([]);
  expect((await search('format:gguff')).problems).toMatchObject([{ from: 7, to: 12 }]);
});

test('what is in the trash, or another person’s, is not found', async () => {
  await addPerson();
  const id = await create('Hidden');
  await specializations.trash({ ids: [id] });
  expect(await names('hidden')).toEqual([]);
  expect(await names('hidden in:trash')).toEqual(['Hidden']);
  await addPerson();
  expect(await names('hidden in:trash')).toEqual([]);
});

test('all hits of a search are linked at once, and unlinked by one undo', async () => {
  await addPerson();
  const id = await create('Garden');
  await remember(...garden, ...law);
  await settle();
  const words = await specializations.linkFound({
    id,
    text: 'tomatoes in the vegetable bed',
    role: 'training',
  });
  expect(words.found).toBeGreaterThanOrEqual(1);
  expect(words.found).toBeLessThan(garden.length + law.length);
  const all = await specializations.linkFound({ id, text: 'source:note', role: 'reference' });
  expect(all.found).toBe(garden.length + law.length);
  await undo.run(all.undoId ?? '');
  expect((await specializations.memories({ id, limit: 100 })).memories).toHaveLength(words.changed);
  expect(await specializations.linkFound({ id, text: 'tag:none', role: 'training' })).toEqual({
    found: 0,
    changed: 0,
    undoId: null,
    isCut: false,
  });
});

test('memories are suggested that are about the same, with the one they are nearest to', async () => {
  await addPerson();
  const id = await create('Plants', { description: 'Growing vegetables' });
  const [tomatoes = '', ...others] = await remember(...garden, ...law);
  await specializations.link({ id, memoryIds: [tomatoes], role: 'training' });
  const [close = ''] = await remember('Water the tomatoes in the morning, at the roots.');
  await settle();
  const { suggestions, waiting } = await specializations.suggestMemories({ id, limit: 20 });
  expect(waiting).toBe(false);
  expect(suggestions[0]).toMatchObject({ memory: { id: close }, near: { id: tomatoes } });
  const suggested = suggestions.map(({ memory }) => memory.id);
  expect(suggested).not.toContain(tomatoes);
  for (const memoryId of others.slice(garden.length - 1)) expect(suggested).not.toContain(memoryId);
});

test('what no specialization is about is told in clusters with their words', async () => {
  await addPerson();
  const id = await create('Law', { description: 'Leases and contracts' });
  await remember(...garden, ...garden.map((text) => `${text} In the garden.`));
  const [linked = ''] = await remember(...law, ...law.map((text) => `${text} Says the law.`));
  await specializations.link({ id, memoryIds: [linked], role: 'reference' });
  await settle();
  const { clusters, ...counts } = await specializations.coverage(undefined);
  expect(counts).toMatchObject({ memories: 14, linked: 1, waiting: 0, looked: 13 });
  expect(clusters.length).toBeGreaterThanOrEqual(2);
  const said = clusters.map(({ words }) => words.join(' '));
  expect(said.some((words) => /lease|landlord|contract|tenant/.test(words))).toBe(true);
  expect(clusters.find(({ words }) => /lease|landlord|contract|tenant/.test(words.join(' ')))?.near?.id).toBe(
    id,
  );
  expect(clusters.flatMap(({ memoryIds }) => memoryIds)).not.toContain(linked);
  expect(await specializations.coverage(undefined)).toEqual({ clusters, ...counts });
});

test('the best specialization is recommended for a text or a memory, with why; or none', async () => {
  await addPerson();
  const gardenId = await create('Plants', { description: 'Growing vegetables and looking after trees' });
  const lawId = await create('Tenancy', { description: 'Leases, deposits and notice' });
  const [deposit = ''] = await remember('The landlord kept my deposit after I moved out.');
  await specializations.link({ id: gardenId, memoryIds: await remember(...garden), role: 'training' });
  await settle();
  const { best } = await specializations.recommend({
    text: 'My tomatoes have yellow leaves. What is wrong with them?',
  });
  expect(best).toMatchObject({ specialization: { id: gardenId }, isLinked: false });
  expect(best?.why).toMatch(/^Its .*\.$/);
  expect((await specializations.recommend({ memoryId: deposit })).best?.specialization.id).toBe(lawId);
  const none = await specializations.recommend({ text: 'The orbital period of Jupiter’s moons' });
  expect(none).toMatchObject({ best: null, others: [], meaning: 'used' });
});

test('a slip of the pen still finds what was meant, and says what it was taken for', async () => {
  await addPerson();
  const id = await create('Contracts', { description: 'Tenancy agreements' });
  const found = await specializations.search({ text: 'contarcts', limit: 10 });
  expect(found.correctedTo).toEqual([{ from: 'contarcts', to: 'contracts' }]);
  expect(found.hits[0]).toMatchObject({ specialization: { id }, isRelevant: true });
  expect((await specializations.search({ text: 'contracts', limit: 10 })).correctedTo).toEqual([]);
  expect((await specializations.search({ text: 'contr', limit: 10 })).correctedTo).toEqual([]);
});
