import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { fromJsonText } from '../../shared/text/json-text.ts';
import { newSpecialization } from '../../shared/schemas/specialization.ts';
import { trainingRequest } from '../../shared/schemas/specialization-use.ts';
import { writePeft } from '../adapters/testing.ts';
import { MemoryService } from '../memories/memory-service.ts';
import { openTestLibrary } from '../users/testing.ts';
import { openSpecializations } from './testing.ts';

const library = await openTestLibrary();
const { addPerson, events } = library;
const { specializations, adapters, jobs, folder, saveTo, asked, choose, drop } = openSpecializations(library);
const memories = new MemoryService({ ...library, em: library.newEm() });
const linesOf = (file: string) => readFileSync(file, 'utf8').trim().split('\n');

async function withMemories(name: string, texts: readonly { title: string | null; content: string }[]) {
  const { id } = await specializations.create(newSpecialization.parse({ name }));
  const memoryIds: string[] = [];
  for (const text of texts) memoryIds.push((await memories.create(text)).memory.id);
  await specializations.link({ id, memoryIds, role: 'training' });
  return id;
}

test('a training set is seen before it is saved, and saved as it was seen', async () => {
  await addPerson();
  const texts = Array.from({ length: 10 }, (_, i) => ({
    title: `Question ${i}`,
    content: `Answer “${i}”\nand more`,
  }));
  const id = await withMemories('Law: 2026?', [
    ...texts,
    { title: 'Other question', content: 'answer “1” and  MORE' },
    { title: null, content: 'Only one line' },
  ]);
  const request = trainingRequest.parse({ id, format: 'instruction', validationPercent: 20, seed: 7 });
  const preview = await specializations.trainingPreview(request);
  expect(preview).toMatchObject({ examples: 10, training: 8, validation: 2 });
  expect(preview.leftOut).toEqual(
    expect.arrayContaining([
      { reason: 'same-text', count: 1 },
      { reason: 'no-prompt', count: 1 },
    ]),
  );
  const place = path.join(folder, 'law.jsonl');
  saveTo(place);
  const { jobId = '' } = (await specializations.exportTraining(request)) ?? {};
  expect(asked()?.name).toBe('Law 2026.jsonl');
  await jobs.whenStopped(jobId);
  expect(await jobs.get(jobId)).toMatchObject({
    error: null,
    result: { files: 2, training: 8, validation: 2 },
  });
  const beside = path.join(folder, 'law.validation.jsonl');
  for (const [part, file] of [
    ['training', place],
    ['validation', beside],
  ] as const)
    expect(linesOf(file)).toEqual(preview.lines.flatMap((each) => (each.part === part ? each.line : [])));
  expect(linesOf(place).map((line) => Object.keys(JSON.parse(line)))[0]).toEqual([
    'instruction',
    'input',
    'output',
  ]);
  expect(preview.bytes).toBe(readFileSync(place).length + readFileSync(beside).length);
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  expect((await events()).at(-1)).toBe('exported specialization');
});

test('nothing is written where a person chose no place, or would overwrite what they did not name', async () => {
  await addPerson();
  const id = await withMemories('Law', [{ title: 'Q', content: 'A' }]);
  saveTo(undefined);
  expect(await specializations.exportTraining(trainingRequest.parse({ id, format: 'text' }))).toBe(null);
  const place = path.join(folder, 'other.jsonl');
  const beside = path.join(folder, 'other.validation.jsonl');
  writeFileSync(beside, 'mine');
  saveTo(place);
  await expect(
    specializations.exportTraining(trainingRequest.parse({ id, format: 'text', validationPercent: 50 })),
  ).rejects.toThrow('other.validation.jsonl');
  expect(readFileSync(beside, 'utf8')).toBe('mine');
  expect(existsSync(place)).toBe(false);
});

test('where it cannot be written, the job says so and leaves nothing behind', async () => {
  await addPerson();
  const id = await withMemories('Law', [{ title: 'Q', content: 'A' }]);
  saveTo(path.join(folder, 'no such folder', 'law.jsonl'));
  const { jobId = '' } =
    (await specializations.exportTraining(trainingRequest.parse({ id, format: 'text' }))) ?? {};
  await jobs.whenStopped(jobId);
  expect((await jobs.get(jobId)).error).toMatchObject({
    en: expect.stringContaining('could not be written'),
  });
});

test('a recipe is made for the adapter as it lies there, and saved', async () => {
  await addPerson();
  const from = writePeft(path.join(folder, 'my adapters', 'law'), { seed: 1 });
  choose(from);
  const candidate = await adapters.choose('folder');
  const { specialization, undoId } = await specializations.addAdapter({
    token: candidate?.token ?? '',
    keep: 'reference',
    to: newSpecialization.parse({ name: 'Law adapter' }),
  });
  const recipes = await specializations.recipes({ id: specialization.id });
  const ollama = recipes.find(({ runtime }) => runtime === 'ollama');
  expect(ollama?.files[0]?.text).toBe(`FROM llama3.1:8b\nADAPTER ${from}\n`);
  const place = path.join(folder, 'Modelfile');
  saveTo(place);
  expect(
    await specializations.saveRecipe({ id: specialization.id, runtime: 'ollama', file: 'Modelfile' }),
  ).toEqual({ saved: true });
  expect(readFileSync(place, 'utf8')).toBe(ollama?.files[0]?.text);
  const { id } = await specializations.create(newSpecialization.parse({ name: 'No adapter' }));
  expect(await specializations.recipes({ id })).toEqual([]);
  await library.undo.run(undoId ?? '');
  expect(
    fromJsonText((await specializations.outline({ trashed: true })).rows).map(({ name }) => name),
  ).toEqual(['Law adapter']);
});

test('what was dropped is looked at, and a folder of many can be looked through', async () => {
  await addPerson();
  const many = path.join(folder, 'many');
  const one = writePeft(path.join(many, 'one'), { seed: 1 });
  writePeft(path.join(many, 'two'), { seed: 2 });
  drop('a', one);
  drop('b', many);
  expect(await specializations.offerDropped({ tokens: ['a', 'b'] })).toMatchObject([
    { token: 'a', label: 'one', isFolder: true, candidate: { name: 'one', inspection: { ok: true } } },
    { token: 'b', label: 'many', isFolder: true, candidate: { inspection: { ok: false } } },
  ]);
  const { jobId } = await specializations.scanDropped({ token: 'b' });
  await jobs.whenStopped(jobId);
  expect((await specializations.scanned({ jobId, after: 0, limit: 10 })).total).toBe(2);
  await expect(specializations.offerDropped({ tokens: [one] })).rejects.toMatchObject({ code: 'not_found' });
});
