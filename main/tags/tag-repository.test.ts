import { expect, test } from 'vitest';
import { openTestDatabase } from '../database/testing.ts';
import { inTransaction } from '../database/transaction.ts';
import { User } from '../users/user.entity.ts';
import { Tag } from './tag.entity.ts';
import { TagRepository } from './tag.repository.ts';

const { newEm } = await openTestDatabase();

async function addUser(): Promise<string> {
  const own = newEm();
  const user = own.create(User, { name: 'Ada', email: null });
  await own.flush();
  return user.id;
}

const ensure = (userId: string, names: string[]) => {
  const own = newEm();
  const tags = new TagRepository(own);
  return inTransaction(own, () => tags.ensure(userId, names));
};

test('tags are found however they are written, and made where there are none', async () => {
  const userId = await addUser();
  const first = await ensure(userId, ['Garden', 'quote " and \\', 'garden', 'Ärger']);
  expect(first.ids).toHaveLength(3);
  expect(new Set(first.createdIds)).toEqual(new Set(first.ids));
  const second = await ensure(userId, ['ÄRGER', 'new', 'GARDEN']);
  expect(second.ids).toHaveLength(3);
  expect(second.createdIds).toHaveLength(1);
  expect(await ensure(userId, [])).toEqual({ ids: [], createdIds: [] });
  const names = (await newEm().find(Tag, { user: userId })).map((tag) => tag.name);
  expect(new Set(names)).toEqual(new Set(['Garden', 'quote " and \\', 'Ärger', 'new']));
});

test('the tags of another person are not found', async () => {
  const [ada, work] = [await addUser(), await addUser()];
  const [ofAda, ofWork] = [await ensure(ada, ['garden']), await ensure(work, ['garden'])];
  expect(ofWork.createdIds).toEqual(ofWork.ids);
  expect(ofWork.ids).not.toEqual(ofAda.ids);
});

test('many who need the same tags at the same moment get the same ones', async () => {
  const userId = await addUser();
  const names = Array.from({ length: 30 }, (_, index) => `tag ${index}`);
  const all = await Promise.all(
    Array.from({ length: 12 }, (_, index) => ensure(userId, index % 2 ? names : names.toReversed())),
  );
  for (const { ids } of all) expect(new Set(ids)).toEqual(new Set(all[0]?.ids));
  expect(all.flatMap(({ createdIds }) => createdIds)).toHaveLength(30);
  expect(await newEm().count(Tag, { user: userId })).toBe(30);
});
