import { expect, test } from 'vitest';
import { undoHandlers } from './undo-handlers.ts';
import { rowsOfTexts, UndoStack } from './undo-stack.ts';

const gone = { code: 'not_found', message: expect.stringContaining('no longer be undone') };

test('what was done is taken back once', async () => {
  const undo = new UndoStack({ currentUserId: () => 'ada' });
  let taken = 0;
  const undoId = undo.offer('ada', 'Colour changed', async () => void taken++);
  expect(await undoHandlers(undo).run({ undoId })).toEqual({ notUndone: 0 });
  await expect(undo.run(undoId)).rejects.toMatchObject(gone);
  expect(taken).toBe(1);
});

test('an undo says how much it had to leave', async () => {
  const undo = new UndoStack({ currentUserId: () => 'ada' });
  const undoId = undo.offer('ada', '3 memories pinned', async () => ({ notUndone: 2 }));
  expect(await undo.run(undoId)).toEqual({ label: '3 memories pinned', notUndone: 2 });
});

test('two clicks at once undo once', async () => {
  const undo = new UndoStack({ currentUserId: () => 'ada' });
  let taken = 0;
  const undoId = undo.offer('ada', 'Renamed', async () => void taken++);
  const [first, second] = await Promise.allSettled([undo.run(undoId), undo.run(undoId)]);
  expect([first.status, second.status, taken]).toEqual(['fulfilled', 'rejected', 1]);
});

test('an undo that fails can be tried again', async () => {
  const undo = new UndoStack({ currentUserId: () => 'ada' });
  let works = false;
  const undoId = undo.offer('ada', 'Renamed', async () => {
    if (!works) throw new Error('the disk is full');
  });
  await expect(undo.run(undoId)).rejects.toThrow('the disk is full');
  works = true;
  expect(await undo.run(undoId)).toMatchObject({ label: 'Renamed' });
});

test('the last hundred can be undone, older ones cannot', async () => {
  const undo = new UndoStack({ currentUserId: () => 'ada' });
  const ids = Array.from({ length: 101 }, (_, index) =>
    undo.offer('ada', `Change ${index}`, async () => undefined),
  );
  await expect(undo.run(ids[0] ?? '')).rejects.toMatchObject(gone);
  for (const id of ids.slice(1)) await undo.run(id);
});

test('an undo belongs to who did it, also when somebody else has taken over since', async () => {
  let current = 'ada';
  const undo = new UndoStack({ currentUserId: () => current });
  current = 'grace';
  const undoId = undo.offer('ada', 'Tag “Diagnosis” deleted', async () => undefined);
  await expect(undo.run(undoId)).rejects.toMatchObject(gone);
  current = 'ada';
  expect(await undo.run(undoId)).toMatchObject({ label: 'Tag “Diagnosis” deleted' });
});

test('what a person did who was removed can no longer be undone, nor what was being undone meanwhile', async () => {
  const undo = new UndoStack({ currentUserId: () => 'ada' });
  let fail: (reason: Error) => void = () => undefined;
  const failing = new Promise<void>((_, reject) => (fail = reject));
  const [done, begun] = [
    undo.offer('ada', 'One', async () => undefined),
    undo.offer('ada', 'Two', () => failing),
  ];
  const running = undo.run(begun);
  undo.forget('ada');
  fail(new Error('there is nobody'));
  await expect(running).rejects.toThrow('there is nobody');
  for (const id of [done, begun]) await expect(undo.run(id)).rejects.toMatchObject(gone);
});

test('large changes make the oldest be forgotten sooner, but the very last can always be undone', async () => {
  const undo = new UndoStack({ currentUserId: () => 'ada' });
  const offer = (rows: number) =>
    undo.offer('ada', `${rows} memories pinned`, async () => undefined, { rows });
  const [first, second, third] = [offer(100_000), offer(60_000), offer(80_000)];
  await expect(undo.run(first)).rejects.toMatchObject(gone);
  await undo.run(second);
  const largest = offer(500_000);
  await expect(undo.run(third)).rejects.toMatchObject(gone);
  await undo.run(largest);
});

test('what holds long texts counts by their length', async () => {
  const undo = new UndoStack({ currentUserId: () => 'ada' });
  const rows = rowsOfTexts(['x'.repeat(2_000_000), 'x'.repeat(2_000_000)]);
  const offers = Array.from({ length: 4 }, () =>
    undo.offer('ada', 'Two memories merged', async () => undefined, { rows }),
  );
  await expect(undo.run(offers[0] ?? '')).rejects.toMatchObject(gone);
  for (const id of offers.slice(-2)) await undo.run(id);
});

test('each person undoes their own', async () => {
  let current = 'ada';
  const undo = new UndoStack({ currentUserId: () => current });
  const undoId = undo.offer('ada', 'Renamed', async () => undefined);
  current = 'grace';
  await expect(undo.run(undoId)).rejects.toMatchObject(gone);
  current = 'ada';
  expect(await undo.run(undoId)).toMatchObject({ label: 'Renamed' });
});
