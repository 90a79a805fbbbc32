import type { EntityManager } from '@mikro-orm/postgresql';
import { beforeEach, expect, test } from 'vitest';
import {
  auditVerification,
  auditedEntities,
  type AuditVerification,
  type Difference,
} from '../../shared/schemas/audit.ts';
import { withRequestContext } from '../database/request-context.ts';
import { openTestDatabase } from '../database/testing.ts';
import { inTransaction } from '../database/transaction.ts';
import { serviceOn } from '../jobs/testing.ts';
import { silentLog } from '../logging/log.ts';
import { AuditEvent } from './audit-event.entity.ts';
import { AuditService, auditVerifier } from './audit-service.ts';
import { AuditTrail } from './audit-trail.ts';
import { AuditVerificationRepository } from './audit-verification.repository.ts';
import { eventHash } from './event-hash.ts';
import { verifyAudit } from './verify-audit.ts';

const { em, newEm, orm } = await openTestDatabase();
const audit = new AuditTrail();
/** As somebody with the password of the database, and without Loci, would. */
const tamper = (sql: string, values: unknown[] = []) => em.execute(sql, values);

type Ids = Record<Exclude<(typeof auditedEntities)[number], 'memory'>, string> & { memories: string[] };
let ids: Ids;
let userId: string;
const eventCount = 20;

/** A person with some of everything, as the services leave it: 20 events about 18 rows. */
beforeEach(async () => {
  ids = await makeLibrary(newEm());
  userId = ids.app_user;
});

async function makeLibrary(own: EntityManager): Promise<Ids> {
  const add = async (sql: string, values: unknown[]) => {
    const [row] = await own.execute<{ id: string }[]>(`${sql} returning id`, values);
    return row?.id ?? '';
  };
  return inTransaction(own, async () => {
    const user = await add(`insert into app_user (id, name, email) values (uuid_v7(), 'Ada', null)`, []);
    const note = (entity: (typeof auditedEntities)[number], ...noted: string[]) =>
      audit.note({ userId: user, action: 'created', entity, ids: noted });
    note('app_user', user);
    const session = await add(
      `insert into session (id, user_id, title, expires_at) values (uuid_v7(), ?, 'S', now() + interval '1 day')`,
      [user],
    );
    const document = await add(
      `insert into document (id, user_id, name, kind, size_bytes, sha256) values (uuid_v7(), ?, 'D', 'pdf', 1, sha256('d'))`,
      [user],
    );
    const memories: string[] = [];
    for (let number = 0; number < 10; number++) {
      memories.push(
        await add(
          `insert into memory (id, user_id, session_id, document_id, title, content, content_hash, source, occurred_at)
           values (uuid_v7(), ?, ?, ?, ?, 'content', sha256('content'), 'note', now())`,
          [user, session, document, `Memory ${number}`],
        ),
      );
    }
    const tag = await add(`insert into tag (id, user_id, name) values (uuid_v7(), ?, 'garden')`, [user]);
    await own.execute(
      'insert into memory_tag (memory_id, tag_id) select id, ? from memory where user_id = ?',
      [tag, user],
    );
    const specialization = await add(
      `insert into specialization (id, user_id, name, alpha, target_modules, adapter_config)
       values (uuid_v7(), ?, 'Spec', 0.3, '{q,v}', '{"b": 1, "a": [0.1]}')`,
      [user],
    );
    await own.execute('insert into specialization_memory (specialization_id, memory_id) values (?, ?)', [
      specialization,
      memories[0],
    ]);
    const search = await add(
      `insert into saved_search (id, user_id, name, query) values (uuid_v7(), ?, 'Q', 'x')`,
      [user],
    );
    const setting = await add(
      `insert into setting (id, user_id, key, value) values (uuid_v7(), ?, 'k', '"v"')`,
      [user],
    );
    note('session', session);
    note('document', document);
    note('memory', ...memories);
    note('tag', tag);
    note('specialization', specialization);
    note('saved_search', search);
    note('setting', setting);
    const first = memories.slice(0, 1);
    audit.note({ userId: user, action: 'changed', entity: 'memory', ids: first, fields: ['title', 'tags'] });
    audit.noteAct({ userId: user, action: 'exported' });
    // Something that came and went.
    audit.note({
      userId: user,
      action: 'purged',
      entity: 'memory',
      ids: ['0190a0b0-0000-7000-8000-000000000000'],
    });
    return {
      app_user: user,
      session,
      document,
      memories,
      tag,
      specialization,
      saved_search: search,
      setting,
    };
  });
}

async function verify(pageSize?: number, own = newEm()): Promise<AuditVerification> {
  return auditVerification.parse(
    await verifyAudit(new AuditVerificationRepository(own), {
      userId,
      report: () => undefined,
      pausePoint: async () => undefined,
      ...(pageSize === undefined ? {} : { pageSize }),
    }),
  );
}

/** What is found after this, which is then taken back. */
async function verifyAfter(sql: string, values: unknown[]): Promise<AuditVerification> {
  const own = newEm();
  await own.begin();
  try {
    await own.execute(sql, values);
    return await verify(undefined, own);
  } finally {
    await own.rollback();
  }
}

const intact = {
  isIntact: true,
  events: eventCount,
  rows: 17,
  brokenLink: null,
  differing: 0,
  differences: [],
};
const broken = (sequence: number, kind: 'changed' | 'missing' | 'moved', missing = 0) => ({
  isIntact: false,
  brokenLink: { sequence, kind, missing },
});
const different = (...differences: Difference[]) => ({
  isIntact: false,
  brokenLink: null,
  differing: differences.length,
  differences,
});

test('an untouched library is found intact, in pages of any size', async () => {
  expect(await verify()).toEqual(intact);
  for (const pageSize of [1, 3, 7]) expect(await verify(pageSize)).toEqual(intact);
});

test('whatever is changed of a row is found, with the row it was', async () => {
  const [memory = ''] = ids.memories.slice(3);
  const changes: [Difference['entity'], string, string[]][] = [
    ['app_user', ids.app_user, [`name = 'Eve'`, `email = 'eve@example.org'`]],
    [
      'session',
      ids.session,
      [`title = 'T'`, `started_at = '2020-01-01'`, `expires_at = '2100-01-01'`, `ended_at = now()`],
    ],
    [
      'document',
      ids.document,
      [`name = 'E'`, `kind = 'html'`, `size_bytes = 2`, `sha256 = sha256('e')`, `imported_at = '2020-01-01'`],
    ],
    [
      'memory',
      memory,
      [
        `content = 'content.'`,
        `title = null`,
        `importance = 0.50000001`,
        `pinned = true`,
        `source = 'web'`,
        `occurred_at = occurred_at + interval '1 millisecond'`,
        `deleted_at = now()`,
        `session_id = null`,
        `document_id = null`,
        `seal = gen_random_uuid()`,
      ],
    ],
    ['tag', ids.tag, [`name = 'Garden'`, `colour = 'red'`]],
    [
      'specialization',
      ids.specialization,
      [
        `name = 'Z'`,
        `description = 'Z'`,
        `domain = 'Z'`,
        `model_path = '/z'`,
        `format = 'gguf'`,
        `base_model = 'z'`,
        `rank = 8`,
        `alpha = 0.31`,
        `target_modules = '{q}'`,
        `sha256 = sha256('z')`,
        `tensor_hash = sha256('z')`,
        `adapter_config = '{"a": [0.1]}'`,
        `deleted_at = now()`,
      ],
    ],
    ['saved_search', ids.saved_search, [`name = 'R'`, `query = 'y'`, `position = 1`]],
    ['setting', ids.setting, [`key = 'l'`, `value = '"w"'`]],
  ];
  for (const [entity, entityId, assignments] of changes) {
    for (const assignment of assignments) {
      const found = await verifyAfter(`update ${entity} set ${assignment} where id = ?`, [entityId]);
      expect(found, assignment).toMatchObject(different({ entity, entityId, what: 'changed' }));
    }
  }
  expect(await verify()).toEqual(intact);
});

test('whatever is changed of the history of a memory is found, with the memory', async () => {
  const [memory = ''] = ids.memories.slice(2);
  const own = newEm();
  const addState = (number: number) =>
    own.execute(
      `insert into memory_version (id, memory_id, number, title, content, importance, tags, cause)
       values (uuid_v7(), ?, ?, 'Before', 'as it was', 0.25, '{garden}', 'edit')`,
      [memory, number],
    );
  await inTransaction(own, async () => {
    await addState(1);
    await addState(2);
    audit.note({ userId, action: 'changed', entity: 'memory', ids: [memory], fields: ['content'] });
  });
  expect(await verify()).toMatchObject({ isIntact: true, events: eventCount + 1 });
  const changed = different({ entity: 'memory', entityId: memory, what: 'changed' });
  for (const assignment of [
    `content = 'as it never was'`,
    `title = null`,
    `importance = 0.5`,
    `tags = '{}'`,
    `cause = 'undo'`,
    `merged = true`,
    `created_at = created_at - interval '1 day'`,
    `number = 7`,
    `state_hash = sha256('x')`,
    `memory_id = '${ids.memories[7]}', number = 9`,
  ]) {
    const found = await verifyAfter(
      `update memory_version set ${assignment} where memory_id = ? and number = 2`,
      [memory],
    );
    expect(found.differences, assignment).toContainEqual(changed.differences[0]);
  }
  // Put in the place of the other, with a hash that fits.
  expect(
    await verifyAfter(
      `with removed as (delete from memory_version where memory_id = ? and number = 2 returning memory_id)
       insert into memory_version (id, memory_id, number, content, importance, tags, cause)
       select uuid_v7(), memory_id, 4, 'as it never was', 0.25, '{garden}', 'edit' from removed`,
      [memory],
    ),
  ).toMatchObject(changed);
  expect(
    await verifyAfter('delete from memory_version where memory_id = ? and number = 1', [memory]),
  ).toMatchObject(changed);
  expect(
    await verifyAfter(
      `insert into memory_version (id, memory_id, number, content, importance, tags, cause)
       values (uuid_v7(), ?, 3, 'slipped in', 0.5, '{}', 'edit')`,
      [memory],
    ),
  ).toMatchObject(changed);
});

test('a tag that is taken from a memory, or put on it, is found', async () => {
  const [memory = ''] = ids.memories.slice(5);
  const changed = different({ entity: 'memory', entityId: memory, what: 'changed' });
  await tamper('delete from memory_tag where memory_id = ?', [memory]);
  expect(await verify()).toMatchObject(changed);
  await tamper('insert into memory_tag (memory_id, tag_id) values (?, ?)', [memory, ids.tag]);
  expect(await verify()).toEqual(intact);
  const other = await makeLibrary(newEm());
  await tamper('insert into memory_tag (memory_id, tag_id) values (?, ?)', [memory, other.tag]);
  expect(await verify()).toMatchObject(changed);
});

test('a memory that is taken from a specialization, or means something else to it, is found', async () => {
  const changed = different({ entity: 'specialization', entityId: ids.specialization, what: 'changed' });
  await tamper(`update specialization_memory set role = 'training' where memory_id = ?`, [ids.memories[0]]);
  expect(await verify()).toMatchObject(changed);
  await tamper('delete from specialization_memory where memory_id = ?', [ids.memories[0]]);
  expect(await verify()).toMatchObject(changed);
});

test('a row that is deleted or slipped in is found', async () => {
  await tamper('delete from memory where id = ?', [ids.memories[4]]);
  await tamper('delete from saved_search where id = ?', [ids.saved_search]);
  const [added] = await em.execute<{ id: string }[]>(
    `insert into tag (id, user_id, name) values (uuid_v7(), ?, 'planted') returning id`,
    [userId],
  );
  expect(await verify(2)).toMatchObject(
    different(
      { entity: 'memory', entityId: ids.memories[4] ?? '', what: 'removed' },
      { entity: 'saved_search', entityId: ids.saved_search, what: 'removed' },
      { entity: 'tag', entityId: added?.id ?? '', what: 'added' },
    ),
  );
});

test('a row that is given to somebody else is missed by one and unknown to the other', async () => {
  const other = await makeLibrary(newEm());
  await tamper('update session set user_id = ? where id = ?', [other.app_user, ids.session]);
  expect(await verify()).toMatchObject(
    different({ entity: 'session', entityId: ids.session, what: 'removed' }),
  );
  userId = other.app_user;
  expect(await verify()).toMatchObject(
    different({ entity: 'session', entityId: ids.session, what: 'added' }),
  );
});

test('of very many differences the first are named and all are counted', async () => {
  await tamper(
    `insert into tag (id, user_id, name) select uuid_v7(), ?, 'planted ' || n from generate_series(1, 300) n`,
    [userId],
  );
  const found = await verify(7);
  expect(found).toMatchObject({ isIntact: false, differing: 300 });
  expect(found.differences).toHaveLength(100);
});

test('an event that says something else than when it was written is found, whatever of it was changed', async () => {
  for (const assignment of [
    `occurred_at = occurred_at - interval '1 millisecond'`,
    `actor = 'app'`,
    `action = 'imported'`,
    `entity = 'tag'`,
    `entity_id = uuid_v7()`,
    `entity_id = null`,
    `fields = '{content}'`,
    `state_hash = sha256('x')`,
    `state_hash = null`,
    `previous_hash = sha256('x')`,
    `hash = sha256('x')`,
  ]) {
    const found = await verifyAfter(
      `update audit_event set ${assignment} where user_id = ? and sequence = 7`,
      [userId],
    );
    expect(found, assignment).toMatchObject(broken(7, 'changed'));
  }
});

const deleteEvents = (from: number, to: number) =>
  tamper('delete from audit_event where user_id = ? and sequence between ? and ?', [userId, from, to]);

test.each([
  [1, 1],
  [1, 4],
  [8, 8],
  [8, 12],
])('events that are missing, from %i to %i, leave a gap with a name', async (from, to) => {
  await deleteEvents(from, to);
  for (const pageSize of [undefined, 1, 5])
    expect(await verify(pageSize)).toMatchObject(broken(from, 'missing', to - from + 1));
});

test('a gap that was closed by counting the events after it anew is found', async () => {
  await deleteEvents(8, 8);
  for (let sequence = 9; sequence <= eventCount; sequence++)
    await tamper('update audit_event set sequence = ? where user_id = ? and sequence = ?', [
      sequence - 1,
      userId,
      sequence,
    ]);
  expect(await verify()).toMatchObject(broken(8, 'changed'));
});

test('events that are cut off at the end are found by the rows that nothing tells of', async () => {
  await deleteEvents(eventCount, eventCount);
  // Nothing in the library depends on that one.
  expect(await verify()).toMatchObject({ isIntact: true, events: eventCount - 1 });
  await deleteEvents(17, eventCount);
  expect(await verify()).toMatchObject(
    different({ entity: 'setting', entityId: ids.setting, what: 'added' }),
  );
  await deleteEvents(1, eventCount);
  expect(await verify()).toMatchObject({ isIntact: false, events: 0, differing: 17 });
});

test('a change whose event was cut off is found', async () => {
  const own = newEm();
  await inTransaction(own, async () => {
    await own.execute(`update tag set name = 'lawn' where id = ?`, [ids.tag]);
    audit.note({ userId, action: 'changed', entity: 'tag', ids: [ids.tag], fields: ['name'] });
  });
  expect(await verify()).toEqual({ ...intact, events: eventCount + 1 });
  await deleteEvents(eventCount + 1, eventCount + 1);
  expect(await verify()).toMatchObject(different({ entity: 'tag', entityId: ids.tag, what: 'changed' }));
});

test('events in another order are found', async () => {
  const move = (from: number, to: number) =>
    tamper('update audit_event set sequence = ? where user_id = ? and sequence = ?', [to, userId, from]);
  await move(6, 1_000);
  expect(await verify()).toMatchObject(broken(6, 'moved'));
  await move(7, 6);
  await move(1_000, 7);
  expect(await verify()).toMatchObject(broken(6, 'moved'));
  expect(await verify(1)).toMatchObject(broken(6, 'moved'));
});

test('a forger who recomputes the hash of the event he changed is found by the next', async () => {
  const own = newEm();
  const event = await own.findOneOrFail(AuditEvent, { user: userId, sequence: 9 });
  const forged = {
    ...event,
    userId,
    action: 'changed',
    entityId: event.entityId ?? null,
    stateHash: null,
  } as const;
  await tamper(
    `update audit_event set action = 'changed', state_hash = null, hash = decode(?, 'hex')
     where user_id = ? and sequence = 9`,
    [eventHash(event.previousHash, forged).toString('hex'), userId],
  );
  for (const pageSize of [undefined, 1]) expect(await verify(pageSize)).toMatchObject(broken(9, 'changed'));
});

test('a forger who changes a row and the last event about it is found by the chain', async () => {
  await tamper(`update memory set content = 'forged' where id = ?`, [ids.memories[2]]);
  const [row] = await em.execute<{ hash: Buffer }[]>(`select sha256('forged') as hash`);
  await tamper(`update audit_event set state_hash = ? where user_id = ? and entity_id = ?`, [
    row?.hash,
    userId,
    ids.memories[2],
  ]);
  expect((await verify()).brokenLink).toEqual({ sequence: 6, kind: 'changed', missing: 0 });
});

test('what happens to another person’s rows and events is no matter here', async () => {
  const other = await makeLibrary(newEm());
  await tamper('delete from memory where user_id = ?', [other.app_user]);
  await tamper('delete from audit_event where user_id = ? and sequence = 3', [other.app_user]);
  expect(await verify()).toEqual(intact);
});

test('a library that is being worked with is found intact', async () => {
  const verified: AuditVerification[] = [];
  const work = (async () => {
    for (let round = 0; round < 25; round++) {
      const own = newEm();
      await inTransaction(own, async () => {
        const [row] = await own.execute<{ id: string }[]>(
          `insert into tag (id, user_id, name) values (uuid_v7(), ?, ?) returning id`,
          [userId, `tag ${round}`],
        );
        const id = row?.id ?? '';
        audit.note({ userId, action: 'created', entity: 'tag', ids: [id] });
        const [memory = ''] = ids.memories;
        await own.execute('insert into memory_tag (memory_id, tag_id) values (?, ?)', [memory, id]);
        audit.note({ userId, action: 'changed', entity: 'memory', ids: [memory], fields: ['tags'] });
      });
      const next = newEm();
      await inTransaction(next, async () => {
        const gone = await next.execute<{ id: string }[]>(
          'delete from session where user_id = ? and id <> ? returning id',
          [userId, ids.session],
        );
        const [row] = await next.execute<{ id: string }[]>(
          `insert into session (id, user_id, title, expires_at)
           values (uuid_v7(), ?, 'S', now() + interval '1 day') returning id`,
          [userId],
        );
        audit.note({ userId, action: 'deleted', entity: 'session', ids: gone.map(({ id }) => id) });
        audit.note({ userId, action: 'created', entity: 'session', ids: [row?.id ?? ''] });
      });
    }
  })();
  const looking = (async () => {
    while (verified.length < 10) verified.push(await verify(5));
  })();
  await Promise.all([work, looking]);
  expect(verified.filter(({ isIntact }) => !isIntact)).toEqual([]);
  expect(await verify()).toMatchObject({ isIntact: true, events: eventCount + 25 * 4 - 1 });
});

test('it runs as a job that says how far it is and can be cancelled', async () => {
  const told = new Map<string, number[]>();
  const jobs = serviceOn(orm, {
    currentUserId: () => userId,
    runners: [auditVerifier(orm.em)],
    log: silentLog,
    onChange: ({ id, progress }) => told.set(id, [...(told.get(id) ?? []), progress]),
  });
  const service = new AuditService({ em: orm.em, jobs, currentUserId: () => userId });
  await withRequestContext(orm, async () => {
    const { jobId } = await service.verify();
    await jobs.whenStopped(jobId);
    const done = await jobs.get(jobId);
    const steps = told.get(jobId) ?? [];
    expect(steps).toEqual(steps.toSorted((one, other) => one - other));
    expect(done).toMatchObject({ status: 'succeeded', result: intact, progress: 37, total: 37 });
    const { jobId: other } = await service.verify();
    await jobs.cancel(other);
    await jobs.whenStopped(other);
    expect(await jobs.get(other)).toMatchObject({ status: 'cancelled' });
  });
  await jobs.close();
});

test('the list goes from the newest to the oldest and can be narrowed', async () => {
  const service = new AuditService({
    em: newEm(),
    currentUserId: () => userId,
    jobs: { start: () => Promise.reject(new Error('not asked for')) },
  });
  const sequences: number[] = [];
  let before: number | null | undefined;
  do {
    const page = await service.list({ limit: 6, ...(before ? { before } : {}) });
    sequences.push(...page.events.map(({ sequence }) => sequence));
    before = page.next;
  } while (before !== null);
  expect(sequences).toEqual(Array.from({ length: eventCount }, (_, index) => eventCount - index));

  const seen = async (filter: Partial<Parameters<AuditService['list']>[0]>) =>
    (await service.list({ limit: 50, ...filter })).events.map(({ sequence }) => sequence);
  expect(await seen({ entity: 'tag' })).toEqual([14]);
  expect(await seen({ entity: 'library' })).toEqual([19]);
  expect(await seen({ action: 'purged' })).toEqual([20]);
  expect(await seen({ entityId: ids.memories[0] })).toEqual([18, 4]);
  expect(await seen({ entity: 'memory', action: 'changed' })).toEqual([18]);
  const [newest] = (await service.list({ limit: 1, action: 'changed' })).events;
  expect(newest).toEqual({
    id: expect.any(String),
    sequence: 18,
    occurredAt: expect.any(String),
    actor: 'person',
    action: 'changed',
    entity: 'memory',
    entityId: ids.memories[0],
    fields: ['title', 'tags'],
  });
});
