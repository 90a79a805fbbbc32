import type { EntityManager } from '@mikro-orm/postgresql';
import type { SearchQuery } from '../../shared/query/search-query.ts';
import { runPrepared } from '../database/prepared-query.ts';

/** Whose memories, and which of them: all of a query but its words. */
export interface SearchFilter {
  readonly userId: string;
  readonly query: SearchQuery;
  /** All that match, when they are known to be few (see `findFew`): then nothing else is asked. */
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

/** The matching memories if there are at most `most`, otherwise undefined: then they are many. */
export async function findFew(
  em: EntityManager,
  filter: SearchFilter,
  most: number,
  signal?: AbortSignal,
): Promise<string[] | undefined> {
  if (filter.ids) return filter.ids.length <= most ? [...filter.ids] : undefined;
  const parameters = newParameters();
  const conditions = filterConditions(filter, parameters);
  const limit = parameters.add(most + 1);
  const rows = await runPrepared<{ id: string }>(
    em,
    {
      sql: `select m.id from memory m where ${conditions} limit ${limit}::integer`,
      values: parameters.values,
    },
    signal,
  );
  return rows.length > most ? undefined : rows.map(({ id }) => id);
}

/** Those of a query past its owner and the trash; `user` stands for the key of the owner. */
export function conditionsOf(query: SearchQuery, user: string, { add }: Parameters): string[] {
  const conditions: string[] = [];
  const named = (names: readonly string[]) => `${add(names.map((name) => name))}::text[]`;

  for (const group of query.tags) conditions.push(`exists (${tagged(user, named(group))})`);
  if (query.withoutTags.length > 0) conditions.push(`not exists (${tagged(user, named(query.withoutTags))})`);
  if (query.untagged !== null)
    conditions.push(
      `${query.untagged ? 'not ' : ''}exists (select from memory_tag l where l.memory_id = m.id)`,
    );

  for (const [table, title, wanted, unwanted] of [
    ['session', 'title', query.sessions, query.withoutSessions],
    ['document', 'name', query.documents, query.withoutDocuments],
  ] as const) {
    const column = `m.${table}_id`;
    if (wanted.length > 0) conditions.push(`${column} in (${called(table, title, user, named(wanted))})`);
    if (unwanted.length > 0)
      conditions.push(
        `(${column} is null or ${column} not in (${called(table, title, user, named(unwanted))}))`,
      );
  }

  if (query.sources.length > 0) conditions.push(`m.source = any(${named(query.sources)})`);
  if (query.withoutSources.length > 0) conditions.push(`m.source <> all(${named(query.withoutSources)})`);

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

/** Which tags are meant is looked up once, not for each memory. */
function tagged(user: string, names: string): string {
  return `select from memory_tag l where l.memory_id = m.id and l.tag_id = any(array(
    select t.id from tag t where t.user_id = ${user}::uuid
      and lower(t.name) = any(select lower(n) from unnest(${names}) n)))`;
}

/** Of this name; where none is called exactly so, those whose name holds it: titles are long. */
function called(table: string, title: string, user: string, names: string): string {
  return `select s.id from ${table} s cross join unnest(${names}) n
    where s.user_id = ${user}::uuid and position(lower(n) in lower(s.${title})) > 0
      and (lower(s.${title}) = lower(n) or not exists (
        select from ${table} e where e.user_id = ${user}::uuid and lower(e.${title}) = lower(n)))`;
}
