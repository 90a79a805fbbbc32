import { expect, test } from 'vitest';
import { z } from 'zod';
import { contract } from '../ipc/contract.ts';

const inSmallLetters = '019aa4c0-abcd-7000-8000-00000000beef';

/** Every schema of a key inside of another, at whatever depth. */
function schemasOfKeys(of: unknown, seen = new Set<unknown>()): z.ZodType[] {
  if (typeof of !== 'object' || of === null || seen.has(of)) return [];
  seen.add(of);
  if (!(of instanceof z.ZodType)) return Object.values(of).flatMap((part) => schemasOfKeys(part, seen));
  return of instanceof z.ZodUUID ? [of] : schemasOfKeys(of.def, seen);
}

const inputs: readonly [string, z.ZodType[]][] = Object.entries(contract).flatMap(([feature, operations]) =>
  Object.entries(operations).map(([verb, { input }]): [string, z.ZodType[]] => [
    `${feature}.${verb}`,
    schemasOfKeys(input),
  ]),
);

test('a key that comes in in capital letters is the same key', () => {
  const found = new Map(inputs);
  expect([found.get('users.switch')?.length, found.get('memories.list')?.length]).toEqual([1, 1]);
  const kept = inputs.flatMap(([channel, keys]) => {
    return keys.map((key) => [channel, key.parse(inSmallLetters.toUpperCase())]);
  });
  expect(kept.length).toBeGreaterThan(30);
  expect(kept).toEqual(kept.map(([channel]) => [channel, inSmallLetters]));
});
