import { expect, test } from 'vitest';
import { centreOf, groupVectors, nearness, type Placed } from './vector-groups.ts';

/** Around one of the axes, in a fixed disorder. */
function around(axis: number, number: number): Placed {
  const vector = Float32Array.from({ length: 8 }, (_, i) =>
    i === axis ? 1 : 0.2 * Math.sin(12.9898 * (number * 8 + i)),
  );
  return { id: `${String.fromCodePoint(97 + (number % 26))}${number}`, vector: centreOf([vector]) };
}

const three = [0, 1, 2].flatMap((axis) => Array.from({ length: 20 }, (_, i) => around(axis, axis * 20 + i)));

test('what points the same way comes together', async () => {
  const groups = await groupVectors(three, 3);
  expect(groups.map(({ members }) => members.length)).toEqual([20, 20, 20]);
  for (const { centre, members } of groups)
    for (const { vector } of members)
      for (const other of groups)
        expect(nearness(vector, centre)).toBeGreaterThanOrEqual(nearness(vector, other.centre) - 1e-6);
});

test('the same vectors in another order give the same groups', async () => {
  const idsOf = async (placed: readonly Placed[]) =>
    (await groupVectors(placed, 5)).map(({ members }) => members.map(({ id }) => id));
  expect(await idsOf(three.toReversed())).toEqual(await idsOf(three));
});

test('the most typical stands first', async () => {
  for (const { members } of await groupVectors(three, 3)) {
    const values = members.map((each) => each.nearness);
    expect(values).toEqual(values.toSorted((a, b) => b - a));
  }
});

test('few vectors, equal ones and none at all are groups of their own making', async () => {
  expect(await groupVectors([], 4)).toEqual([]);
  const same = [around(0, 1), { ...around(0, 1), id: 'other' }];
  expect((await groupVectors(same, 4)).map(({ members }) => members.length)).toEqual([2]);
});
