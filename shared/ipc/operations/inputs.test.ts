import { expect, test } from 'vitest';
import { z } from 'zod';
import { instant } from '../../schemas/instant.ts';
import { contract } from '../contract.ts';

/** Every schema within another that is wanted, at whatever depth; what is within a wanted one is not looked at. */
function schemasWithin(
  of: unknown,
  isWanted: (schema: z.ZodType) => boolean,
  seen = new Set<unknown>(),
): z.ZodType[] {
  if (typeof of !== 'object' || of === null || seen.has(of)) return [];
  seen.add(of);
  if (of instanceof z.ZodType) return isWanted(of) ? [of] : schemasWithin(of.def, isWanted, seen);
  return Object.values(of).flatMap((part) => schemasWithin(part, isWanted, seen));
}

const inputsThat = (isWanted: (schema: z.ZodType) => boolean) =>
  Object.entries(contract).flatMap(([feature, operations]) =>
    Object.entries(operations).flatMap(([verb, { input }]) =>
      schemasWithin(input, isWanted).map((schema) => ({ channel: `${feature}.${verb}`, schema })),
    ),
  );

test('a key that comes in in capital letters is the same key', () => {
  const key = '019aa4c0-abcd-7000-8000-00000000beef';
  const found = inputsThat((schema) => schema instanceof z.ZodUUID);
  expect(found.map(({ channel }) => channel)).toEqual(
    expect.arrayContaining(['users.switch', 'memories.list', 'undo.run']),
  );
  const spoilt = found.filter(({ schema }) => schema.parse(key.toUpperCase()) !== key);
  expect(spoilt.map(({ channel }) => channel)).toEqual([]);
});

test('no date comes in that the library cannot keep', () => {
  const found = inputsThat((schema) => schema === instant || schema instanceof z.ZodISODateTime);
  expect(found.map(({ channel }) => channel)).toEqual(
    expect.arrayContaining(['sessions.start', 'sessions.list', 'jobs.list', 'memories.list', 'users.create']),
  );
  const kept = found.flatMap(({ channel, schema }) =>
    ['0000-01-01T00:00:00Z', '9999-12-31T23:59:59-05:00', '2026-02-30T00:00:00Z'].flatMap((date) =>
      schema.safeParse(date).success ? [`${channel} ${date}`] : [],
    ),
  );
  expect(kept).toEqual([]);
});
