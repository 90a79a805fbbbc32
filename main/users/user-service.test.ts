import { expect, test } from 'vitest';
import { openTestDatabase } from '../database/testing.ts';
import { User } from './user.entity.ts';
import { UserService } from './user-service.ts';

const { em, newEm } = await openTestDatabase();

test('two first starts at once make one person between them', async () => {
  const services = Array.from({ length: 4 }, () => new UserService(newEm()));
  const users = await Promise.all(services.map((service) => service.ensureDefaultUser()));
  expect(new Set(users.map((user) => user.id)).size).toBe(1);
  expect(await em.count(User)).toBe(1);
});

test('a later start finds the same person', async () => {
  const first = await new UserService(newEm()).ensureDefaultUser();
  const service = new UserService(newEm());
  const later = await service.ensureDefaultUser();
  expect(later).toMatchObject({ id: first.id, name: 'Me', email: null });
  expect(service.currentUserId).toBe(first.id);
});

test('nothing can be read before it is known who is asking', () => {
  expect(() => new UserService(em).currentUserId).toThrow(expect.objectContaining({ code: 'unavailable' }));
});

test('one e-mail address belongs to one person, however it is written', async () => {
  const add = (email: string | null) => {
    const fork = newEm();
    fork.create(User, { name: 'Someone', email });
    return fork.flush();
  };
  await add('ada@example.org');
  await expect(add('Ada@Example.ORG')).rejects.toMatchObject({ constraint: 'app_user_email_unique' });
  await add(null);
  await add(null);
});

test('keys sort by the time of making', async () => {
  const fork = newEm();
  const made = ['a', 'b', 'c'].map((name) => fork.create(User, { name, email: null }));
  await fork.flush();
  expect(made.map((user) => user.id)).toEqual(made.map((user) => user.id).toSorted());
});

test('a change is dated, whether it goes through the ORM or past it', async () => {
  const fork = newEm();
  const user = fork.create(User, { name: 'Before', email: null, updatedAt: new Date(0) });
  await fork.flush();
  const stored = async () => (await newEm().findOneOrFail(User, user.id)).updatedAt.getTime();

  user.name = 'By the ORM';
  await fork.flush();
  expect(await stored()).toBe(user.updatedAt.getTime());
  expect(await stored()).toBeGreaterThan(0);

  await em.execute(`update app_user set updated_at = 'epoch' where id = ?`, [user.id]);
  await em.execute(`update app_user set name = 'By SQL' where id = ?`, [user.id]);
  expect(await stored()).toBeGreaterThan(0);
});
