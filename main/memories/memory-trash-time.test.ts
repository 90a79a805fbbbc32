import { expect, test } from 'vitest';
import { openTestDatabase } from '../database/testing.ts';
import { addPerson } from './testing.ts';

const { em, newEm } = await openTestDatabase();

/** As if all of this person's trash had been thrown away so many days ago. */
const age = (userId: string, days: number) =>
  em.execute(
    `update memory set deleted_at = now() - ? * interval '1 day' where user_id = ? and deleted_at is not null`,
    [days, userId],
  );

/** Somebody with this many memories in the trash. */
async function withTrash(count: number) {
  const person = await addPerson(newEm, (userId) => keepDays.get(userId) ?? null);
  const ids: string[] = [];
  for (let n = 0; n < count; n++) ids.push((await person.memories.create({ content: `Old ${n}` })).memory.id);
  await person.bulk.trash(ids);
  return { ...person, ids };
}
const keepDays = new Map<string, number>();

test('everybody’s trash is kept for as long as they themselves said, also while they are away', async () => {
  const [hasty, patient, keeper] = [await withTrash(1), await withTrash(2), await withTrash(1)];
  keepDays.set(hasty.userId, 1).set(patient.userId, 30);
  for (const { userId } of [hasty, patient, keeper]) await age(userId, 5);
  const left = async () => {
    const people = [hasty, patient, keeper];
    return Promise.all(people.map(({ memories }) => memories.count({ trashed: true })));
  };
  // Whoever happens to be at work.
  expect(await patient.trash.purgeExpired()).toBe(1);
  expect(await left()).toEqual([0, 2, 1]);
  await age(patient.userId, 31);
  expect(await keeper.trash.purgeExpired()).toBe(2);
  expect(await left()).toEqual([0, 0, 1]);
});

test('emptying the trash takes also what was thrown away while the clock was ahead', async () => {
  const person = await withTrash(2);
  await age(person.userId, -400);
  expect(await person.trash.empty()).toBe(2);
  expect(await person.memories.count({ trashed: true })).toBe(0);
});
