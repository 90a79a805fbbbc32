import type { EntityManager } from '@mikro-orm/postgresql';
import { AuditTrail } from '../main/audit/audit-trail.ts';
import { MemoryBulkService } from '../main/memories/memory-bulk-service.ts';
import { MemoryService } from '../main/memories/memory-service.ts';
import { UndoStack } from '../main/undo/undo-stack.ts';
import type { MemoryFilter } from '../shared/schemas/memory.ts';
import { Random } from './library/random.ts';
import { Writer, type SourceText } from './library/texts.ts';

/** Something a person does; what is needed for it, but is not a part of it, is done before the clock starts. */
export interface Operation {
  readonly name: string;
  /** How many times as long it may take in the largest library as in the smallest. */
  readonly atMost?: number;
  /** Thousands of rows: done a few times, not often. */
  readonly heavy?: boolean;
  prepare(): Promise<() => Promise<unknown>>;
}

const pageSize = 50;
const deepPage = 1_000;
const bulkSize = 10_000;
const yearMs = 365 * 24 * 3_600_000;

/** All that is measured, on one library and through its services. */
export async function operationsOn(
  em: EntityManager,
  userId: string,
  texts: readonly SourceText[],
): Promise<Operation[]> {
  const currentUserId = () => userId;
  const undo = new UndoStack({ currentUserId });
  const options = { em, currentUserId, audit: new AuditTrail(), undo };
  const memories = new MemoryService(options);
  const bulk = new MemoryBulkService(options);
  const random = new Random(7);
  const writer = new Writer(texts, random);
  const place = await findPlaces(em);
  const ids = await someIds(em, bulkSize);
  const deep = await walkTo(memories, deepPage);
  let deepest = 0;
  let tagged = 0;

  const always = (name: string, work: () => Promise<unknown>, more: Partial<Operation> = {}): Operation => ({
    name,
    prepare: async () => work,
    ...more,
  });
  const firstPage = (name: string, filter: MemoryFilter): Operation =>
    always(`list: ${name}`, () => memories.list({ filter, limit: pageSize }));
  const count = (name: string, filter: MemoryFilter): Operation =>
    always(`count: ${name}`, () => memories.count(filter));

  const year = {
    from: new Date(place.latest - yearMs).toISOString(),
    to: new Date(place.latest).toISOString(),
  };
  const mix: MemoryFilter = {
    tagIds: [place.commonTag],
    minImportance: 0.7,
    sources: ['note', 'web'],
    ...year,
  };
  return [
    {
      name: 'create',
      atMost: 1.5,
      async prepare() {
        const { title, content } = writer.write(writer.chooseTopic());
        const tags = [place.commonTagName, place.rareTagName];
        return () => memories.create({ title, content, tags, sessionId: place.session });
      },
    },
    {
      name: 'update with version',
      async prepare() {
        const [memory] = await memories.findByIds([random.pick(ids)]);
        if (!memory) throw new Error('A memory is gone.');
        const { id, version } = memory;
        const { content } = writer.write(writer.chooseTopic());
        return () => memories.update({ id, version, content });
      },
    },
    always('list: page 1', () => memories.list({ limit: pageSize }), { atMost: 1.5 }),
    {
      name: `list: page ${deepPage}`,
      atMost: 1.5,
      // One page after the other, because some have more long memories on them than others.
      async prepare() {
        const cursor = deep[deepest++ % deep.length] ?? '';
        return () => memories.list({ cursor, limit: pageSize });
      },
    },
    firstPage('common tag', { tagIds: [place.commonTag] }),
    firstPage('rare tag', { tagIds: [place.rareTag] }),
    firstPage('two tags', { tagIds: [place.commonTag, place.rareTag] }),
    firstPage('session', { sessionId: place.session }),
    firstPage('document', { documentId: place.document }),
    firstPage('importance 0.9 to 1', { minImportance: 0.9 }),
    firstPage('pinned', { pinned: true }),
    firstPage('trash', { trashed: true }),
    firstPage('tag, importance, source and year', mix),
    count('all', {}),
    count('common tag', { tagIds: [place.commonTag] }),
    count('session', { sessionId: place.session }),
    count('importance 0.9 to 1', { minImportance: 0.9 }),
    count('tag, importance, source and year', mix),
    {
      ...always('tag 10,000', () => bulk.tag(ids, { names: [`measured ${++tagged}`] })),
      heavy: true,
    },
    {
      name: 'move 10,000 to the trash',
      heavy: true,
      async prepare() {
        await bulk.restore(ids);
        return () => bulk.trash(ids);
      },
    },
    {
      name: 'restore 10,000',
      heavy: true,
      async prepare() {
        await bulk.trash(ids);
        return () => bulk.restore(ids);
      },
    },
  ];
}

interface Places {
  readonly latest: number;
  readonly session: string;
  readonly document: string;
  readonly commonTag: string;
  readonly commonTagName: string;
  readonly rareTag: string;
  readonly rareTagName: string;
}

/** What is in every library: a tag that many memories have, one that few have, a session and a document like others. */
async function findPlaces(em: EntityManager): Promise<Places> {
  const [found] = await em.execute<(Omit<Places, 'latest'> & { latest: string })[]>(
    `with used as (
       select t.id, t.name, row_number() over (order by count(*) desc, t.id) as rank, count(*) over () as tags
       from memory_tag l join tag t on t.id = l.tag_id group by t.id, t.name
     )
     select common.id as "commonTag", common.name as "commonTagName", rare.id as "rareTag", rare.name as "rareTagName",
       (select max(occurred_at) from memory)::text as latest,
       (select session_id from memory where session_id is not null group by 1 order by abs(count(*) - 25), 1 limit 1) as session,
       (select document_id from memory where document_id is not null group by 1 order by abs(count(*) - 20), 1 limit 1) as document
     from used common, used rare where common.rank = 2 and rare.rank = least(150, rare.tags)`,
  );
  if (!found) throw new Error('There is nothing in this library.');
  return { ...found, latest: Date.parse(found.latest) };
}

/** Of as many memories, from everywhere in the library. */
async function someIds(em: EntityManager, count: number): Promise<string[]> {
  const rows = await em.execute<{ id: string }[]>(
    'select id from memory where deleted_at is null order by md5(id::text) limit ?',
    [count],
  );
  return rows.map(({ id }) => id);
}

/** Where the twenty pages before this one end, as a person comes there: by reading on. */
async function walkTo(memories: MemoryService, page: number): Promise<string[]> {
  const cursors: string[] = [];
  for (let read = 1; read < page; read++) {
    const cursor = cursors.at(-1);
    const { nextCursor } = await memories.list({
      ...(cursor === undefined ? {} : { cursor }),
      limit: pageSize,
    });
    // A small library has fewer pages: its last ones are as deep as it goes.
    if (nextCursor === null) break;
    cursors.push(nextCursor);
  }
  // After the last of a small library there may be no whole page.
  return cursors.slice(-21, -1);
}
