import type { MemoryFilter } from '../../shared/schemas/memory.ts';

/** A condition with what its question marks stand for. */
export type Condition = readonly [sql: string, ...params: unknown[]];

/** An index a list can go down: one range of it, already in the order of the list. */
export interface Driver {
  /** What of the filter its range takes care of. */
  readonly by: 'trash' | 'document' | 'pinned' | 'tag' | 'session' | 'library';
  readonly tagId?: string;
  readonly from: 'memory' | 'memory_tag';
  readonly time: string;
  readonly id: string;
  readonly order: string;
  /** Its range of the index for this filter. */
  range(userId: string): readonly Condition[];
  /** Rows to count, to compare it with others. */
  readonly sample: Condition;
}

const newestFirst = {
  from: 'memory',
  time: 'm.occurred_at',
  id: 'm.id',
  order: 'm.occurred_at desc, m.id desc',
} as const;

const noSample: Condition = ['where false'];

/** What could drive this list, the usually narrowest first. */
export function drivers(filter: MemoryFilter): readonly [Driver, ...Driver[]] {
  const { sessionId, documentId, pinned, tagIds = [] } = filter;
  if (filter.trashed) return [trashDriver];
  const found: Driver[] = [];
  if (documentId !== undefined) found.push(documentDriver(filter, documentId));
  if (pinned) found.push(pinnedDriver(filter));
  for (const tagId of new Set(tagIds)) found.push(tagDriver(filter, tagId));
  if (sessionId !== undefined) found.push(sessionDriver(filter, sessionId));
  const [first, ...others] = found;
  return first ? [first, ...others] : [libraryDriver(filter)];
}

const trashDriver: Driver = {
  by: 'trash',
  from: 'memory',
  time: 'm.deleted_at',
  id: 'm.id',
  order: 'm.deleted_at desc, m.id desc',
  range: (userId) => [['m.user_id = ?', userId], ['m.deleted_at is not null']],
  sample: noSample,
};

function libraryDriver(filter: MemoryFilter): Driver {
  return {
    ...newestFirst,
    by: 'library',
    // The index holds importance and source as well, and looks at them before it fetches a memory.
    range: (userId) => [
      ['m.user_id = ?', userId],
      ['m.deleted_at is null'],
      ...between('m.occurred_at', filter),
      ...importanceBetween(filter),
      ...ofSources(filter),
    ],
    sample: noSample,
  };
}

function documentDriver(filter: MemoryFilter, documentId: string): Driver {
  return {
    ...newestFirst,
    by: 'document',
    range: () => [['m.document_id = ?', documentId], ...between('m.occurred_at', filter)],
    sample: ['from memory where document_id = ?', documentId],
  };
}

function sessionDriver(filter: MemoryFilter, sessionId: string | null): Driver {
  if (sessionId !== null) {
    return {
      ...newestFirst,
      by: 'session',
      range: () => [['m.session_id = ?', sessionId], ...between('m.occurred_at', filter)],
      sample: ['from memory where session_id = ?', sessionId],
    };
  }
  return {
    ...newestFirst,
    by: 'session',
    // That all of these are null is not known where the order of the index is compared with what is asked for.
    order: 'm.session_id, m.occurred_at desc, m.id desc',
    range: () => [['m.session_id is null'], ...between('m.occurred_at', filter)],
    sample: ['from memory where session_id is null'],
  };
}

function pinnedDriver(filter: MemoryFilter): Driver {
  return {
    ...newestFirst,
    by: 'pinned',
    range: (userId) => [
      ['m.user_id = ?', userId],
      ['m.pinned'],
      ['m.deleted_at is null'],
      ...between('m.occurred_at', filter),
    ],
    sample: ['from memory where pinned and deleted_at is null'],
  };
}

function tagDriver(filter: MemoryFilter, tagId: string): Driver {
  return {
    by: 'tag',
    tagId,
    from: 'memory_tag',
    time: 'd.occurred_at',
    id: 'd.memory_id',
    order: 'd.occurred_at desc, d.memory_id desc',
    range: () => [['d.tag_id = ?', tagId], ['d.trashed = false'], ...between('d.occurred_at', filter)],
    sample: ['from memory_tag where tag_id = ? and trashed = false', tagId],
  };
}

/**
 * What the driver leaves to be asked of each memory; all of it without a driver. Beside a driver a
 * condition is written so that no index answers it: it is looked at where it is, in the row.
 */
export function conditionsOf(
  userId: string,
  filter: MemoryFilter,
  driver: Driver | undefined,
): readonly Condition[] {
  const { sessionId, documentId, pinned, tagIds = [], trashed = false } = filter;
  const by = driver?.by;
  const conditions: Condition[] = [];
  const add = (condition: Condition) =>
    conditions.push(driver ? [`(${condition[0]}) is true`, ...condition.slice(1)] : condition);

  if (by !== 'library' && by !== 'pinned' && by !== 'trash') {
    add(['m.user_id = ?', userId]);
    add([trashed ? 'm.deleted_at is not null' : 'm.deleted_at is null']);
  }
  if (documentId !== undefined && by !== 'document') add(['m.document_id = ?', documentId]);
  if (pinned !== undefined && by !== 'pinned') add([pinned ? 'm.pinned' : 'not m.pinned']);
  for (const tagId of new Set(tagIds)) {
    if (by === 'tag' && driver?.tagId === tagId) continue;
    add(['exists (select from memory_tag l where l.memory_id = m.id and l.tag_id = ?)', tagId]);
  }
  if (sessionId !== undefined && by !== 'session') {
    add(sessionId === null ? ['m.session_id is null'] : ['m.session_id = ?', sessionId]);
  }
  if (by !== 'library') [...importanceBetween(filter), ...ofSources(filter)].forEach(add);
  if (by === undefined || by === 'trash') between('m.occurred_at', filter).forEach(add);
  return conditions;
}

function between(time: string, { from, to }: MemoryFilter): Condition[] {
  const conditions: Condition[] = [];
  if (from !== undefined) conditions.push([`${time} >= ?`, from]);
  if (to !== undefined) conditions.push([`${time} < ?`, to]);
  return conditions;
}

function importanceBetween({ minImportance, maxImportance }: MemoryFilter): Condition[] {
  const conditions: Condition[] = [];
  if (minImportance !== undefined) conditions.push(['m.importance >= ?', minImportance]);
  if (maxImportance !== undefined) conditions.push(['m.importance <= ?', maxImportance]);
  return conditions;
}

function ofSources({ sources }: MemoryFilter): Condition[] {
  // The names are those of the schema: none of them needs quoting.
  return sources === undefined ? [] : [['m.source = any(?::text[])', `{${sources.join(',')}}`]];
}
