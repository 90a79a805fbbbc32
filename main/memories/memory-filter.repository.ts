import type { MemoryFilter } from '../../shared/schemas/memory.ts';

/** A condition with what its question marks stand for. */
export type Condition = readonly [sql: string, ...params: unknown[]];

/** An index a list can go down: one range of it, already in the order of the list. `d` is its row. */
export interface Driver {
  readonly by: 'trash' | 'document' | 'pinned' | 'tag' | 'session' | 'library';
  readonly table: 'memory' | 'memory_tag';
  readonly id: string;
  readonly time: string;
  readonly order: string;
  /** Those of a filter that its range takes care of. */
  readonly range: readonly Condition[];
  /** When `by` is a tag. */
  readonly tagId?: string;
}

const newestFirst = {
  table: 'memory',
  id: 'd.id',
  time: 'd.occurred_at',
  order: 'd.occurred_at desc, d.id desc',
} as const;

/**
 * As a value that is only known when the query runs. The planner then expects an average one; told
 * which it is, it would expect so little of a rare one that it reads and sorts all there is instead.
 */
const hidden = (type: string) => `(select ?::${type})`;

/** What could drive this list, the usually narrowest first. */
export function drivers(userId: string, filter: MemoryFilter): readonly [Driver, ...Driver[]] {
  const { sessionId, documentId, pinned, tagIds = [] } = filter;
  if (filter.trashed) return [trashDriver(userId)];
  const found: Driver[] = [];
  if (documentId !== undefined) found.push(documentDriver(userId, filter, documentId));
  if (pinned) found.push(pinnedDriver(userId, filter));
  for (const tagId of new Set(tagIds)) found.push(tagDriver(filter, tagId));
  if (sessionId !== undefined) found.push(sessionDriver(userId, filter, sessionId));
  const [first, ...others] = found;
  return first ? [first, ...others] : [libraryDriver(userId, filter)];
}

function trashDriver(userId: string): Driver {
  return {
    ...newestFirst,
    by: 'trash',
    time: 'd.deleted_at',
    order: 'd.deleted_at desc, d.id desc',
    range: [['d.user_id = ?', userId], ['d.deleted_at is not null']],
  };
}

function libraryDriver(userId: string, filter: MemoryFilter): Driver {
  return {
    ...newestFirst,
    by: 'library',
    // The index holds importance and source as well: what does not fit is never fetched.
    range: [
      ['d.user_id = ?', userId],
      ['d.deleted_at is null'],
      ...periodInOrder(filter),
      ...importanceBetween('d', filter),
      ...ofSources('d', filter),
    ],
  };
}

function pinnedDriver(userId: string, filter: MemoryFilter): Driver {
  return {
    ...newestFirst,
    by: 'pinned',
    range: [['d.user_id = ?', userId], ['d.pinned'], ['d.deleted_at is null'], ...periodInOrder(filter)],
  };
}

/** In the index as well: neither others' memories nor the trash are walked through. */
const presentOf = (userId: string): Condition[] => [['d.user_id = ?', userId], ['d.deleted_at is null']];

function documentDriver(userId: string, filter: MemoryFilter, documentId: string): Driver {
  return {
    ...newestFirst,
    by: 'document',
    range: [
      [`d.document_id = ${hidden('uuid')}`, documentId],
      ...presentOf(userId),
      ...periodInOrder(filter),
    ],
  };
}

function sessionDriver(userId: string, filter: MemoryFilter, sessionId: string | null): Driver {
  if (sessionId === null) {
    return {
      ...newestFirst,
      by: 'session',
      // Unlike equal keys, null ones are not known to leave the order to what comes after them.
      order: 'd.session_id, d.occurred_at desc, d.id desc',
      range: [['d.session_id is null'], ...presentOf(userId), ...periodInOrder(filter)],
    };
  }
  return {
    ...newestFirst,
    by: 'session',
    range: [[`d.session_id = ${hidden('uuid')}`, sessionId], ...presentOf(userId), ...periodInOrder(filter)],
  };
}

function tagDriver(filter: MemoryFilter, tagId: string): Driver {
  return {
    by: 'tag',
    tagId,
    table: 'memory_tag',
    id: 'd.memory_id',
    time: 'd.occurred_at',
    order: 'd.occurred_at desc, d.memory_id desc',
    range: [
      [`d.tag_id = ${hidden('uuid')}`, tagId],
      ['d.trashed = false'],
      ...periodInOrder(filter, 'd.memory_id'),
    ],
  };
}

/** What a driver leaves to be asked of each memory, `m`; all of it without one. */
export function conditionsOf(
  userId: string,
  filter: MemoryFilter,
  driver: Driver | undefined,
): readonly Condition[] {
  const { sessionId, documentId, pinned, tagIds = [], untagged, trashed = false } = filter;
  const by = driver?.by;
  const conditions: Condition[] = [];
  if (by === undefined || by === 'tag') {
    conditions.push(['m.user_id = ?', userId], [`m.deleted_at is ${trashed ? 'not null' : 'null'}`]);
  }
  if (documentId !== undefined && by !== 'document') conditions.push(['m.document_id = ?', documentId]);
  if (pinned !== undefined && by !== 'pinned') conditions.push([pinned ? 'm.pinned' : 'not m.pinned']);
  for (const tagId of new Set(tagIds)) {
    if (driver?.tagId === tagId) continue;
    conditions.push(['exists (select from memory_tag l where l.memory_id = m.id and l.tag_id = ?)', tagId]);
  }
  if (untagged) conditions.push(['not exists (select from memory_tag l where l.memory_id = m.id)']);
  if (sessionId !== undefined && by !== 'session') {
    conditions.push(sessionId === null ? ['m.session_id is null'] : ['m.session_id = ?', sessionId]);
  }
  if (by !== 'library') conditions.push(...importanceBetween('m', filter), ...ofSources('m', filter));
  if (by === undefined || by === 'trash') conditions.push(...between(filter));
  return conditions;
}

function between({ from, to }: MemoryFilter): Condition[] {
  const conditions: Condition[] = [];
  if (from !== undefined) conditions.push(['m.occurred_at >= ?', from]);
  if (to !== undefined) conditions.push(['m.occurred_at < ?', to]);
  return conditions;
}

/**
 * The same for a driver: a place in its order, where no key comes before the nil one. The planner takes two
 * bounds of a column for a narrow slice, worth sorting; of two places in an order it expects no such thing.
 */
function periodInOrder({ from, to }: MemoryFilter, id = 'd.id'): Condition[] {
  const place = `(${hidden('timestamptz')}, '00000000-0000-0000-0000-000000000000'::uuid)`;
  const conditions: Condition[] = [];
  if (from !== undefined) conditions.push([`(d.occurred_at, ${id}) >= ${place}`, from]);
  if (to !== undefined) conditions.push([`(d.occurred_at, ${id}) < ${place}`, to]);
  return conditions;
}

function importanceBetween(row: 'd' | 'm', { minImportance, maxImportance }: MemoryFilter): Condition[] {
  const conditions: Condition[] = [];
  const bound = hidden('double precision');
  if (minImportance !== undefined) conditions.push([`${row}.importance >= ${bound}`, minImportance]);
  if (maxImportance !== undefined) conditions.push([`${row}.importance <= ${bound}`, maxImportance]);
  return conditions;
}

function ofSources(row: 'd' | 'm', { sources }: MemoryFilter): Condition[] {
  if (sources === undefined) return [];
  // The names are those of the schema: none needs quoting. The outer cast makes it an array, not a list of rows.
  return [[`${row}.source = any(${hidden('text[]')}::text[])`, `{${sources.join(',')}}`]];
}
