import { expect, test } from 'vitest';
import { undoHandlers } from './undo-handlers.ts';
import { UndoStack } from './undo-stack.ts';

const gone = { code: 'not_found', message: expect.stringContaining('no longer be undone') };

test('what was done is taken back once', async () => {
  const undo = new UndoStack({ currentUserId: () => 'ada' });
  let taken = 0;
  const undoId = undo.offer('Colour changed', async () => void taken++);
  expect(await undoHandlers(undo).run({ undoId })).toEqual({ label: 'Colour changed', notUndone: 0 });
  await expect(undo.run(undoId)).rejects.toMatchObject(gone);
  expect(taken).toBe(1);
});

test('an undo says how much it had to leave', async () => {
  const undo = new UndoStack({ currentUserId: () => 'ada' });
  const undoId = undo.offer('3 memories pinned', async () => ({ notUndone: 2 }));
  expect(await undo.run(undoId)).toEqual({ label: '3 memories pinned', notUndone: 2 });
});

test('two clicks at once undo once', async () => {
  const undo = new UndoStack({ currentUserId: () => 'ada' });
  let taken = 0;
  const undoId = undo.offer('Renamed', async () => void taken++);
  const [first, second] = await Promise.allSettled([undo.run(undoId), undo.run(undoId)]);
  expect([first.status, second.status, taken]).toEqual(['fulfilled', 'rejected', 1]);
});

test('an undo that fails can be tried again', async () => {
  const undo = new UndoStack({ currentUserId: () => 'ada' });
  let works = false;
  const undoId = undo.offer('Renamed', async () => {
    if (!works) throw new Error('the disk is full');
  });
  await expect(undo.run(undoId)).rejects.toThrow('the disk is full');
  works = true;
  expect(await undo.run(undoId)).toMatchObject({ label: 'Renamed' });
});

test('the last hundred can be undone, older ones cannot', async () => {
  const undo = new UndoStack({ currentUserId: () => 'ada' });
  const ids = Array.from({ length: 101 }, (_, index) => undo.offer(`Change ${index}`, async () => undefined));
  await expect(undo.run(ids[0] ?? '')).rejects.toMatchObject(gone);
  for (const id of ids.slice(1)) await undo.run(id);
});

test('each person undoes their own', async () => {
  let current = 'ada';
  const undo = new UndoStack({ currentUserId: () => current });
  const undoId = undo.offer('Renamed', async () => undefined);
  current = 'grace';
  await expect(undo.run(undoId)).rejects.toMatchObject(gone);
  current = 'ada';
  expect(await undo.run(undoId)).toMatchObject({ label: 'Renamed' });
});
