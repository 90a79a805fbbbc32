import { expect, test } from 'vitest';
import { User } from '../users/user.entity.ts';
import { withRequestContext } from './request-context.ts';
import { openTestDatabase } from './testing.ts';
import { inTransaction } from './transaction.ts';

const { orm, newEm } = await openTestDatabase();

async function addUser(name: string): Promise<string> {
  const em = newEm();
  const user = em.create(User, { name, email: null });
  await em.flush();
  return user.id;
}

test('one request does not see what another has loaded and not yet saved', async () => {
  const id = await addUser('Ada');
  const read = () => withRequestContext(orm, () => orm.em.findOneOrFail(User, id));
  const [one, other] = await Promise.all([read(), read()]);
  one.name = 'Changed in one request only';
  expect(other.name).toBe('Ada');
  expect(await withRequestContext(orm, () => orm.em.findOneOrFail(User, id))).toMatchObject({ name: 'Ada' });
});

test('a query outside of any request is refused', async () => {
  await expect(orm.em.find(User, {})).rejects.toThrow(/global/);
});

test('a transaction that fails leaves nothing, not even what was written past the ORM', async () => {
  const id = await addUser('Before');
  const failing = withRequestContext(orm, () =>
    inTransaction(orm.em, async () => {
      orm.em.create(User, { name: 'New', email: null });
      await orm.em.flush();
      await orm.em.execute(`update app_user set name = 'After' where id = ?`, [id]);
      throw new Error('stop');
    }),
  );
  await expect(failing).rejects.toThrow('stop');
  expect(await newEm().find(User, { name: { $in: ['New', 'After'] } })).toEqual([]);
});

test('an entity manager that would write outside of the transaction is refused', async () => {
  await expect(inTransaction(orm.em.fork(), async () => undefined)).rejects.toThrow('useContext');
});
