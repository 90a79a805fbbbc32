import { expect, test } from 'vitest';
import { systemReport } from '../../../shared/schemas/system-report.ts';
import { kindsInOrder, shareMemory } from './memory-shares.ts';

test('parts keep their order however large they are, and together make the whole', () => {
  const { count, totalBytes, shares } = shareMemory([
    { kind: 'page', count: 1, memoryBytes: 50 },
    { kind: 'app', count: 1, memoryBytes: 30 },
    { kind: 'database', count: 7, memoryBytes: 20 },
  ]);
  expect({ count, totalBytes }).toEqual({ count: 9, totalBytes: 100 });
  expect(shares).toEqual([
    { kind: 'database', count: 7, memoryBytes: 20, share: 0.2 },
    { kind: 'app', count: 1, memoryBytes: 30, share: 0.3 },
    { kind: 'page', count: 1, memoryBytes: 50, share: 0.5 },
  ]);
});

test('two groups of one kind are one part', () => {
  const { shares } = shareMemory([
    { kind: 'other', count: 1, memoryBytes: 10 },
    { kind: 'other', count: 2, memoryBytes: 30 },
  ]);
  expect(shares).toEqual([{ kind: 'other', count: 3, memoryBytes: 40, share: 1 }]);
});

test('where the system tells nothing, no share is a number that is none', () => {
  expect(shareMemory([])).toEqual({ count: 0, totalBytes: 0, shares: [] });
  expect(shareMemory([{ kind: 'app', count: 1, memoryBytes: 0 }]).shares[0]?.share).toBe(0);
});

test('no kind of process that main may report is left out', () => {
  expect([...kindsInOrder].toSorted()).toEqual(
    [...systemReport.shape.processes.element.shape.kind.options].toSorted(),
  );
});
