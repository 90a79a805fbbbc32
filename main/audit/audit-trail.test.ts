import { expect, test } from 'vitest';
import { openTestDatabase } from '../database/testing.ts';
import { inTransaction } from '../database/transaction.ts';
import { Tag } from '../tags/tag.entity.ts';
import { User } from '../users/user.entity.ts';
import { AuditEvent } from './audit-event.entity.ts';
import { AuditTrail } from './audit-trail.ts';

const { em, newEm } = await openTestDatabase();
const audit = new AuditTrail();

async function addUser(): Promise<string> {
  const own = newEm();
  const user = own.create(User, { name: 'Ada', email: null });
  await own.flush();
  return user.id;
}

const eventsOf = (userId: string) =>
  newEm().find(AuditEvent, { user: userId }, { orderBy: { sequence: 'asc' } });

test('what is changed together is noted together, each with the state it ended in', async () => {
  const userId = await addUser();
  const own = newEm();
  const ids = await inTransaction(own, async () => {
    const tags = ['one', 'two'].map((name) => own.create(Tag, { user: userId, name, colour: null }));
    const created = tags.map((tag) => tag.id);
    audit.note({ userId, action: 'created', entity: 'tag', ids: created });
    audit.note({
      userId,
      action: 'deleted',
      entity: 'memory',
      ids: ['0190a0b0-0000-7000-8000-000000000000'],
    });
    return created;
  });
  const events = await eventsOf(userId);
  expect(events.map((event) => [event.sequence, event.action, event.entityId])).toEqual([
    [1, 'created', ids[0]],
    [2, 'created', ids[1]],
    [3, 'deleted', '0190a0b0-0000-7000-8000-000000000000'],
  ]);
  expect(events.map((event) => event.stateHash !== null)).toEqual([true, true, false]);
  expect(events[1]?.previousHash).toEqual(events[0]?.hash);
});

test('what is not saved is not noted either', async () => {
  const userId = await addUser();
  const own = newEm();
  const undone = inTransaction(own, async () => {
    audit.note({ userId, action: 'created', entity: 'tag', ids: ['0190a0b0-0000-7000-8000-000000000000'] });
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow('undone');
  await inTransaction(own, async () => {
    const part = inTransaction(own, async () => {
      audit.note({ userId, action: 'created', entity: 'tag', ids: ['0190a0b0-0000-7000-8000-000000000000'] });
      throw new Error('undone');
    });
    await expect(part).rejects.toThrow('undone');
    audit.note({ userId, action: 'changed', entity: 'app_user', ids: [userId], fields: ['name'] });
  });
  expect(await eventsOf(userId)).toMatchObject([{ sequence: 1, action: 'changed', fields: ['name'] }]);
});

test('people who work at the same moment do not tear the chain', async () => {
  const userId = await addUser();
  await Promise.all(
    Array.from({ length: 12 }, () =>
      inTransaction(newEm(), async () =>
        audit.note({ userId, action: 'changed', entity: 'app_user', ids: [userId] }),
      ),
    ),
  );
  const events = await eventsOf(userId);
  expect(events.map((event) => event.sequence)).toEqual(events.map((_, index) => index + 1));
  for (const [index, event] of events.entries()) {
    if (index > 0) expect(event.previousHash).toEqual(events[index - 1]?.hash);
  }
});

test('noting outside of a transaction is a mistake of ours', () => {
  expect(em.isInTransaction()).toBe(false);
  expect(() => audit.note({ userId: 'x', action: 'created', entity: 'tag', ids: ['y'] })).toThrow(
    'There is no transaction',
  );
});
