import { createHash } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { Memory } from '../memories/memory.entity.ts';
import { openTestLibrary } from '../users/testing.ts';
import { documentHandlers } from './document-handlers.ts';
import { DocumentService } from './document-service.ts';
import { Document } from './document.entity.ts';
import { DocumentRepository } from './document.repository.ts';

const library = await openTestLibrary();
const { newEm, undo, addPerson, addMemories, events, unnoted } = library;
const service = new DocumentService({ ...library, em: newEm() });
const documents = documentHandlers(service);

const hashOf = (content: string) => createHash('sha256').update(content).digest();
const arriving = (name: string, content = name) =>
  ({ name, kind: 'text', sizeBytes: content.length, sha256: hashOf(content) }) as const;

test('the same bytes again add nothing, and say which document has them', async () => {
  await addPerson();
  const { document, added } = await service.addOrFind(arriving('seeds.txt', 'carrots'));
  expect(added).toBe(true);
  expect(document).toMatchObject({
    name: 'seeds.txt',
    kind: 'text',
    sizeBytes: 7,
    sha256: hashOf('carrots').toString('hex'),
  });
  expect(await service.addOrFind(arriving('a copy.txt', 'carrots'))).toEqual({ document, added: false });
  expect((await events()).slice(-1)).toEqual(['imported document']);
  expect(await unnoted()).toEqual([]);
  await addPerson();
  expect(await service.addOrFind(arriving('seeds.txt', 'carrots'))).toMatchObject({ added: true });
});

test('bytes that arrive twice at the same moment are one document', async () => {
  const userId = await addPerson();
  const services = Array.from({ length: 6 }, () => new DocumentService({ ...library, em: newEm() }));
  const outcomes = await Promise.all(services.map((each) => each.addOrFind(arriving('seeds.txt'))));
  expect(outcomes.filter(({ added }) => added)).toHaveLength(1);
  expect(new Set(outcomes.map(({ document }) => document.id)).size).toBe(1);
  expect(await newEm().count(Document, { user: userId })).toBe(1);
});

test('a file of many gigabytes keeps its size', async () => {
  await addPerson();
  const { document } = await service.addOrFind({ ...arriving('films.zip'), sizeBytes: 2 ** 45 + 1 });
  expect(document.sizeBytes).toBe(2 ** 45 + 1);
  await service.addOrFind({ ...arriving('empty.txt', ''), sizeBytes: 0 });
});

test('the list goes on where it stopped, newest first, with what came from each', async () => {
  await addPerson();
  const ids: string[] = [];
  for (let n = 0; n < 7; n++) ids.push((await service.addOrFind(arriving(`file ${n}`))).document.id);
  // Imported in one go: of the same moment.
  await newEm().nativeUpdate(Document, { id: { $in: ids.slice(0, 4) } }, { importedAt: new Date(0) });
  await addMemories(3, { documentId: ids[2] ?? '' });
  await addMemories(2, { documentId: ids[2] ?? '', trashed: true });
  const listed = [];
  let page = await documents.list({ limit: 3 });
  while (page.nextCursor) {
    listed.push(...page.documents);
    page = await documents.list({ limit: 3, cursor: page.nextCursor });
  }
  listed.push(...page.documents);
  expect(listed.map(({ id }) => id)).toEqual(ids.toReversed());
  expect(listed.filter(({ memories }) => memories > 0)).toMatchObject([{ id: ids[2], memories: 3 }]);

  const [first = '', second = ''] = ids;
  const found = await documents.find({ ids: [second, crypto.randomUUID(), first] });
  expect(found.map(({ id }) => id)).toEqual([second, first]);
});

test('a document gets another name, and the same name is no change', async () => {
  await addPerson();
  const { document } = await service.addOrFind(arriving('scan0001.txt'));
  const renamed = { ...document, name: 'Lease' };
  expect(await documents.rename({ id: document.id, name: 'Lease' })).toEqual(renamed);
  expect(await documents.rename({ id: document.id, name: 'Lease' })).toEqual(renamed);
  expect((await events()).slice(-2)).toEqual(['imported document', 'changed document name']);
  expect(await unnoted()).toEqual([]);
});

test('a deleted document leaves its memories, and comes back as it was', async () => {
  await addPerson();
  const { document } = await service.addOrFind(arriving('seeds.txt'));
  const other = await service.addOrFind(arriving('other.txt'));
  const [moved = '', left = ''] = await addMemories(2, { documentId: document.id });
  const { undoId } = await documents.delete({ id: document.id });
  expect(await newEm().find(Memory, { id: { $in: [moved, left] } })).toMatchObject([
    { document: null, version: 2 },
    { document: null, version: 2 },
  ]);
  expect((await events()).slice(-2)).toEqual(['changed memory document_id', 'deleted document']);
  expect(await unnoted()).toEqual([]);

  await newEm().nativeUpdate(Memory, { id: moved }, { document: other.document.id });
  expect(await undo.run(undoId)).toEqual({ label: 'Document “seeds.txt” deleted', notUndone: 1 });
  expect(await documents.find({ ids: [document.id] })).toEqual([{ ...document, memories: 1 }]);
  expect(await newEm().findOneOrFail(Memory, left)).toMatchObject({ document: document.id });
});

test('nobody reaches the documents of somebody else', async () => {
  await addPerson();
  const { document } = await service.addOrFind(arriving('mine.txt'));
  await addPerson();
  const gone = { code: 'not_found', message: expect.stringContaining('document') };
  await expect(documents.rename({ id: document.id, name: 'x' })).rejects.toMatchObject(gone);
  await expect(documents.delete({ id: document.id })).rejects.toMatchObject(gone);
  expect(await documents.find({ ids: [document.id] })).toEqual([]);
  expect((await documents.list({ limit: 50 })).documents).toEqual([]);
});

test('a document arrives whatever its file was called', async () => {
  await addPerson();
  const nameOf = async (name: string) =>
    (await service.addOrFind(arriving(name, crypto.randomUUID()))).document.name;
  expect(await nameOf('a\0b.pdf')).toBe('ab.pdf');
  expect(await nameOf('cafe\u0301.pdf')).toBe('caf\u00e9.pdf');
  expect(await nameOf('\u202Efdp.exe')).toBe('fdp.exe');
  expect(await nameOf('x'.repeat(1500))).toBe('x'.repeat(1000));
  expect(await nameOf('😀'.repeat(1001))).toBe('😀'.repeat(1000));
  for (const name of ['', ' ', '\u200b', '\u0301']) expect(await nameOf(name)).toBe('Untitled');
});

test('bytes arrive also when the document they came as before is deleted in that very moment', async () => {
  await addPerson();
  const { document } = await service.addOrFind(arriving('before.txt', 'same'));
  // There when it is added, gone when it is looked for.
  vi.spyOn(DocumentRepository.prototype, 'findByHash').mockImplementationOnce(async () => {
    await newEm().nativeDelete(Document, { id: document.id });
    return undefined;
  });
  const outcome = await service.addOrFind(arriving('again.txt', 'same'));
  expect(outcome).toMatchObject({ added: true, document: { name: 'again.txt' } });
});
