import { expect, test } from 'vitest';
import { AuditTrail } from '../audit/audit-trail.ts';
import { AuditVerificationRepository } from '../audit/audit-verification.repository.ts';
import { verifyAudit } from '../audit/verify-audit.ts';
import { openTestDatabase } from '../database/testing.ts';
import { inTransaction } from '../database/transaction.ts';
import { addPerson } from './testing.ts';

const { em, newEm } = await openTestDatabase();
const person = await addPerson(newEm);
const { memories, bulk, history, trash, undo, userId } = person;

/** The memory belongs to a new specialization, as its own service would note it. */
function addSpecialization(memoryId: string): Promise<void> {
  return inTransaction(em, async () => {
    const rows = await em.execute<{ id: string }[]>(
      `insert into specialization (id, user_id, name) values (uuid_v7(), ?, 'Cooking') returning id`,
      [userId],
    );
    const ids = rows.map(({ id }) => id);
    await em.execute('insert into specialization_memory (specialization_id, memory_id) values (?, ?)', [
      ids[0],
      memoryId,
    ]);
    new AuditTrail().note({ userId, action: 'created', entity: 'specialization', ids });
  });
}

test('the audit vouches for everything that was done to memories', async () => {
  const ids: string[] = [];
  for (const content of ['One', 'Two', 'Three', 'Four']) {
    ids.push((await memories.create({ content, tags: ['a', content] })).memory.id);
  }
  const [first = '', second = '', third = ''] = ids;
  await addSpecialization(third);
  await memories.update({ id: first, version: 1, content: 'Changed', pinned: true, tags: ['b'] });
  await history.restore(first, 2, 1);
  const sessionId = await person.addSession();
  const outcomes = [
    await bulk.tag(ids, { names: ['new'] }),
    await bulk.untag(ids, (await memories.findByIds([second]))[0]?.tags.map(({ id }) => id) ?? []),
    await bulk.setImportance(ids, 1),
    await bulk.setPinned(ids, true),
    await bulk.moveToSession(ids, sessionId),
    await bulk.trash(ids),
    await bulk.restore([first]),
  ];
  for (const { undoId } of [...outcomes.slice(0, 4), ...outcomes.slice(6)]) await undo.run(undoId ?? '');
  await bulk.restore([second]);
  await trash.purge([third]);

  const verification = await verifyAudit(new AuditVerificationRepository(newEm()), {
    userId,
    report: () => undefined,
    pausePoint: async () => undefined,
  });
  expect(verification.brokenLink).toBeNull();
  // The person and the session were made by this test, past their services.
  const others = verification.differences.filter(
    ({ entity }) => entity !== 'app_user' && entity !== 'session',
  );
  expect(others).toEqual([]);
});
