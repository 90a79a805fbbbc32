import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AuditTrail } from '../audit/audit-trail.ts';
import { verifyAudit } from '../audit/verify-audit.ts';
import { AuditVerificationRepository } from '../audit/audit-verification.repository.ts';
import { openTestDatabase } from '../database/testing.ts';
import { addPerson, type TestPerson } from '../memories/testing.ts';
import { SessionService } from '../sessions/session-service.ts';
import { SpecializationMemories } from '../specializations/specialization-memories.ts';
import { SpecializationService } from '../specializations/specialization-service.ts';
import { SpecializationTrash } from '../specializations/specialization-trash.ts';
import { TagRemoval } from '../tags/tag-removal.ts';
import { TagService } from '../tags/tag-service.ts';

const { em, newEm } = await openTestDatabase();

async function open() {
  const person = await addPerson(newEm);
  const { userId, undo } = person;
  const parts = { em: newEm(), currentUserId: () => userId, audit: new AuditTrail(), undo };
  return {
    ...person,
    tags: new TagService(parts),
    removal: new TagRemoval(parts),
    sessions: new SessionService({
      ...parts,
      settings: { get: () => Promise.reject(new Error('Nobody starts one')) },
    }),
    specializations: new SpecializationService(parts),
    specializationTrash: new SpecializationTrash(parts),
    specializationMemories: new SpecializationMemories({
      ...parts,
      find: async () => ({ ids: [], isCut: false }),
    }),
  };
}
type Library = Awaited<ReturnType<typeof open>>;

/** All that a person has, but for what counts or dates changes. */
async function readAll({ userId }: TestPerson): Promise<unknown> {
  const [row] = await em.execute<{ all: unknown }[]>(
    `select jsonb_build_array(
       (select jsonb_agg(to_jsonb(m) - array['version', 'updated_at'] order by m.id) from memory m where m.user_id = u.id),
       (select jsonb_agg(to_jsonb(l) order by l.memory_id, l.tag_id)
        from memory_tag l join memory m on m.id = l.memory_id where m.user_id = u.id),
       (select jsonb_agg(to_jsonb(v) - 'updated_at' order by v.memory_id, v.number)
        from memory_version v join memory m on m.id = v.memory_id where m.user_id = u.id and v.merged),
       (select jsonb_agg(to_jsonb(t) - 'updated_at' order by t.id) from tag t where t.user_id = u.id),
       (select jsonb_agg(to_jsonb(s) order by s.id) from session s where s.user_id = u.id),
       (select jsonb_agg(to_jsonb(s) - 'updated_at' order by s.id) from specialization s where s.user_id = u.id),
       (select jsonb_agg(to_jsonb(l) - 'created_at' order by l.specialization_id, l.memory_id)
        from specialization_memory l join specialization s on s.id = l.specialization_id where s.user_id = u.id)
     ) as all from app_user u where u.id = ?`,
    [userId],
  );
  return row?.all;
}

/** What the step leads to if it is one of those that can be taken back. */
type TakeBack = (() => Promise<unknown>) | undefined;

const kinds = [
  'tag',
  'tag',
  'untag',
  'importance',
  'pin',
  'move',
  'trash',
  'trash',
  'restore',
  'restore',
  'rename tag',
  'merge tags',
  'delete tag',
  'merge memories',
  'merge memories',
  'delete session',
  'link',
  'trash specialization',
  'restore specialization',
] as const;
interface Step {
  readonly kind: (typeof kinds)[number];
  readonly picks: readonly [number, number, number];
}
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(...kinds),
  picks: fc.tuple(fc.nat(), fc.nat(), fc.nat()),
});

const names = ['red', 'green', 'blue', 'new', 'newer'] as const;

function pick<T>(from: readonly T[], by: number): T | undefined {
  return from[by % Math.max(1, from.length)];
}

async function take(library: Library, { kind, picks: [a, b, c] }: Step): Promise<TakeBack> {
  const { userId, bulk, merges, memories, tags, removal, sessions, undo } = library;
  const keys = async (sql: string) =>
    (await em.execute<{ id: string }[]>(`${sql} order by id`, [userId])).map(({ id }) => id);
  const undoable = (outcome: { readonly undoId: string | null }): TakeBack => {
    const { undoId } = outcome;
    return undoId === null
      ? undefined
      : async () => expect(await undo.run(undoId)).toMatchObject({ notUndone: 0 });
  };
  const all = await keys('select id from memory where user_id = ?');
  const tagIds = await keys('select id from tag where user_id = ?');
  const sessionIds = await keys('select id from session where user_id = ?');
  const specializationIds = await keys('select id from specialization where user_id = ?');
  const some = all.filter((_, index) => (a >> index) % 2 === 1);
  const [tagId, otherTagId] = [pick(tagIds, b), pick(tagIds, c)];

  switch (kind) {
    case 'tag':
      return undoable(
        await bulk.tag(some, { names: names.filter((_, index) => (b >> index) % 4 === 0).slice(0, 2) }),
      );
    case 'untag':
      return undoable(
        await bulk.untag(
          some,
          tagIds.filter((_, index) => (b >> index) % 2 === 0),
        ),
      );
    case 'importance':
      return undoable(await bulk.setImportance(some, (b % 4) / 4));
    case 'pin':
      return undoable(await bulk.setPinned(some, b % 2 === 0));
    case 'move':
      return undoable(await bulk.moveToSession(some, pick([null, ...sessionIds], b) ?? null));
    case 'trash':
      return undoable(await bulk.trash(some));
    case 'restore':
      return undoable(await bulk.restore(some));
    case 'rename tag': {
      // Not offered for undoing: a person gives it its old name again.
      const before = (await tags.list()).find(({ id }) => id === tagId);
      if (!before) return undefined;
      await tags.change({ id: before.id, name: `renamed ${before.id}` });
      return () => tags.change({ id: before.id, name: before.name });
    }
    case 'merge tags':
      if (tagId === undefined || otherTagId === undefined || tagId === otherTagId) return undefined;
      return undoable(await removal.merge({ id: tagId, intoId: otherTagId }));
    case 'delete tag':
      return tagId === undefined ? undefined : undoable(await removal.delete({ id: tagId }));
    case 'merge memories': {
      const there = (await memories.findByIds(all)).filter(({ deletedAt }) => deletedAt === null);
      const into = pick(there, b);
      const others = there.filter(({ id }) => id !== into?.id && some.includes(id));
      if (!into || others.length === 0) return undefined;
      const content = c % 2 === 0 ? `Merged ${c}` : undefined;
      const { id, version } = into;
      return undoable(
        await merges.merge({ id, version, others, ...(content === undefined ? {} : { content }) }),
      );
    }
    case 'delete session': {
      const id = pick(sessionIds, b);
      return id === undefined ? undefined : undoable(await sessions.delete({ id }));
    }
    case 'link': {
      const [id] = await keys('select id from specialization where deleted_at is null and user_id = ?');
      if (id === undefined) return undefined;
      const { specializationMemories } = library;
      return undoable(
        c % 2 === 0
          ? await specializationMemories.link({
              id,
              memoryIds: some,
              role: b % 2 === 0 ? 'training' : 'reference',
            })
          : await specializationMemories.unlink({ id, memoryIds: some }),
      );
    }
    case 'trash specialization':
      return undoable(await library.specializationTrash.trash(specializationIds));
    case 'restore specialization':
      return undoable(await library.specializationTrash.restore(specializationIds));
  }
}

test('whatever was done, each undo from the last to the first leads back to where it was', async () => {
  let taken = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 16 }), async (steps) => {
      const library = await open();
      const sessionIds = [await library.addSession('One'), await library.addSession('Two')];
      for (const [index, tags] of [['red'], ['red', 'green'], ['blue'], []].entries()) {
        const sessionId = pick([null, ...sessionIds], index) ?? null;
        await library.memories.create({ content: `Memory ${index}`, tags, importance: index / 4, sessionId });
      }
      await library.specializations.create({ name: 'Garden', description: '', domain: 'garden' });

      const states = [await readAll(library)];
      const undos: TakeBack[] = [];
      for (const each of steps) {
        undos.push(await take(library, each));
        states.push(await readAll(library));
      }
      taken += undos.filter((each) => each !== undefined).length;
      for (const [index, takeBack] of [...undos.entries()].toReversed()) {
        await takeBack?.();
        expect(await readAll(library)).toEqual(states[index]);
      }
      const { brokenLink, differences } = await verifyAudit(new AuditVerificationRepository(newEm()), {
        userId: library.userId,
        report: () => undefined,
        pausePoint: async () => undefined,
      });
      // Sessions are put there without the service.
      expect([brokenLink, differences.filter(({ what }) => what !== 'added')]).toEqual([null, []]);
    }),
    { seed: 20261121, numRuns: 40 },
  );
  expect(taken).toBeGreaterThan(200);
}, 300_000);
