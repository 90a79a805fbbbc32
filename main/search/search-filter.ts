import type { SearchQuery } from '../../shared/query/search-query.ts';

/** Whose memories, and which of them: all of a query but its words. */
export interface SearchFilter {
  readonly userId: string;
  readonly query: SearchQuery;
  /** All that match, when they are known to be few (see `FewFinder`): then nothing else is asked. */
  readonly ids?: readonly string[] | undefined;
  /** What the query does not say, or not as a filter. */
  readonly also?: readonly FurtherCondition[] | undefined;
}

/** On a row `m` of the table memory. */
export interface FurtherCondition {
  /** Tells it from others. */
  readonly key: string;
  readonly sql: (parameters: Parameters) => string;
}

/** Gathers the values of a statement; what it returns stands for the value in the text: `$3`. */
export interface Parameters {
  readonly values: readonly unknown[];
  readonly add: (value: unknown) => string;
}

export function newParameters(...first: unknown[]): Parameters {
  const values = [...first];
  return { values, add: (value) => `$${values.push(value)}` };
}

/** Whether memories have to be looked at for more than whose they are and whether they are in the trash. */
export function isFiltered({ query, ids, also = [] }: SearchFilter): boolean {
  return ids !== undefined || also.length > 0 || conditionsOf(query, '$0', newParameters()).length > 0;
}

/** What a row `m` of the table memory has to fulfil, owner and trash included. */
export function filterConditions(
  { userId, query, ids, also = [] }: SearchFilter,
  { add, values }: Parameters,
): string {
  const user = add(userId);
  const conditions = [
    `m.user_id = ${user}::uuid`,
    query.inTrash ? 'm.deleted_at is not null' : 'm.deleted_at is null',
  ];
  if (ids) conditions.push(`m.id = any(${add([...ids])}::uuid[])`);
  else
    conditions.push(
      ...conditionsOf(query, user, { add, values }),
      ...also.map(({ sql }) => sql({ add, values })),
    );
  return conditions.join(' and ');
}

/**
 * A statement of the keys of all memories that pass, or of this one if it passes. Where a tag is asked for, the rows
 * that link it to memories know enough: these need not be looked at.
 */
export function passing(filter: SearchFilter, parameters: Parameters, id?: string): string {
  const { query, userId } = filter;
  const [group, ...others] = query.tags;
  // Fetched by its key, whatever else would seem to be a way.
  const end = id === undefined ? '' : 'offset 0';
  if (!group || !isKnownByTag(filter)) {
    const memory = id === undefined ? 'memory' : `(select * from memory where id = ${id} offset 0)`;
    return `select m.id from ${memory} m where ${filterConditions(filter, parameters)} ${end}`;
  }
  const user = parameters.add(userId);
  const tagged = [
    `l.tag_id = any(${tagIds(user, named(group, parameters))})`,
    `l.trashed = ${query.inTrash}`,
    ...(id === undefined ? [] : [`l.memory_id = ${id}`]),
  ];
  const further = conditionsOf({ ...query, tags: others }, user, parameters);
  return `select m.id from (
      select l.memory_id as id, l.occurred_at from memory_tag l where ${tagged.join(' and ')} ${end}) m
    ${further.length > 0 ? `where ${further.join(' and ')}` : ''} ${end}`;
}

/** Nothing is asked but tags, dates and what is kept beside the memory. */
function isKnownByTag({ query, ids, also = [] }: SearchFilter): boolean {
  const { sources, withoutSources, sessions, withoutSessions, documents, withoutDocuments } = query;
  const lists = [sources, withoutSources, sessions, withoutSessions, documents, withoutDocuments, also];
  const values = [ids ?? null, query.importance, query.pinned, query.hasDocument];
  return lists.every((list) => list.length === 0) && values.every((value) => value === null);
}

/** Those of a query past its owner and the trash; `user` stands for the key of the owner. */
export function conditionsOf(query: SearchQuery, user: string, parameters: Parameters): string[] {
  const conditions: string[] = [];
  const { add } = parameters;
  const names = (list: readonly string[]) => named(list, parameters);

  for (const group of query.tags) conditions.push(`exists (${tagged(user, names(group))})`);
  if (query.withoutTags.length > 0) conditions.push(`not exists (${tagged(user, names(query.withoutTags))})`);
  if (query.untagged !== null)
    conditions.push(
      `${query.untagged ? 'not ' : ''}exists (select from memory_tag l where l.memory_id = m.id)`,
    );

  for (const [table, title, wanted, unwanted] of [
    ['session', 'title', query.sessions, query.withoutSessions],
    ['document', 'name', query.documents, query.withoutDocuments],
  ] as const) {
    const column = `m.${table}_id`;
    if (wanted.length > 0) conditions.push(`${column} in (${called(table, title, user, names(wanted))})`);
    if (unwanted.length > 0)
      conditions.push(
        `(${column} is null or ${column} not in (${called(table, title, user, names(unwanted))}))`,
      );
  }

  if (query.sources.length > 0) conditions.push(`m.source = any(${names(query.sources)})`);
  if (query.withoutSources.length > 0) conditions.push(`m.source <> all(${names(query.withoutSources)})`);

  if (query.after) conditions.push(`m.occurred_at >= ${add(query.after.from)}::timestamptz`);
  // Both dates of a range mean the beginning of what was written.
  if (query.before) conditions.push(`m.occurred_at < ${add(query.before.from)}::timestamptz`);
  if (query.on.length > 0) {
    const periods = query.on.map(
      ({ from, until }) =>
        `(m.occurred_at >= ${add(from)}::timestamptz and m.occurred_at < ${add(until)}::timestamptz)`,
    );
    conditions.push(`(${periods.join(' or ')})`);
  }

  const { from = null, to = null } = query.importance ?? {};
  if (from)
    conditions.push(`m.importance ${from.inclusive ? '>=' : '>'} ${add(from.value)}::double precision`);
  if (to) conditions.push(`m.importance ${to.inclusive ? '<=' : '<'} ${add(to.value)}::double precision`);

  if (query.pinned !== null) conditions.push(query.pinned ? 'm.pinned' : 'not m.pinned');
  if (query.hasDocument !== null)
    conditions.push(`m.document_id is ${query.hasDocument ? 'not null' : 'null'}`);
  if (query.hasVersion !== null)
    conditions.push(
      `${query.hasVersion ? '' : 'not '}exists (select from memory_version v where v.memory_id = m.id)`,
    );
  return conditions;
}

const named = (names: readonly string[], { add }: Parameters): string => `${add([...names])}::text[]`;

const tagged = (user: string, names: string): string =>
  `select from memory_tag l where l.memory_id = m.id and l.tag_id = any(${tagIds(user, names)})`;

/** Which tags are meant is looked up once, not for each memory. */
const tagIds = (user: string, names: string): string =>
  `array(select t.id from tag t where t.user_id = ${user}::uuid
    and lower(t.name) = any(select lower(n) from unnest(${names}) n))`;

/** Of this name; where none is called exactly so, those whose name holds it: titles are long. */
function called(table: string, title: string, user: string, names: string): string {
  return `select s.id from ${table} s cross join unnest(${names}) n
    where s.user_id = ${user}::uuid and position(lower(n) in lower(s.${title})) > 0
      and (lower(s.${title}) = lower(n) or not exists (
        select from ${table} e where e.user_id = ${user}::uuid and lower(e.${title}) = lower(n)))`;
}
