import type { AmountRange } from '../../shared/query/specialization/amount.ts';
import type { SpecializationQuery } from '../../shared/query/specialization/specialization-query.ts';
import type { Parameters } from '../search/search-filter.ts';

/** What a row `s` of the table specialization has to fulfil, owner and trash included; words apart. */
export function specializationConditions(
  userId: string,
  query: SpecializationQuery,
  { add }: Pick<Parameters, 'add'>,
): string {
  const texts = (values: readonly string[]) => `${add(values.map((each) => each.toLowerCase()))}::text[]`;
  const conditions = [
    `s.user_id = ${add(userId)}::uuid`,
    query.inTrash ? 's.deleted_at is not null' : 's.deleted_at is null',
  ];
  const either = (
    wanted: readonly string[],
    unwanted: readonly string[],
    condition: (values: string) => string,
  ) => {
    if (wanted.length > 0) conditions.push(condition(texts(wanted)));
    if (unwanted.length > 0) conditions.push(`not ${condition(texts(unwanted))}`);
  };
  const holds = (column: string) => (values: string) =>
    `exists (select from unnest(${values}) v where strpos(lower(coalesce(${column}, '')), v) > 0)`;
  const is = (column: string) => (values: string) => `(lower(coalesce(${column}, '')) = any(${values}))`;
  const has = (column: string) => (values: string) =>
    `exists (select from unnest(${column}) v where lower(v) = any(${values}))`;
  either(query.bases, query.withoutBases, holds('s.base_model'));
  either(query.domains, query.withoutDomains, holds('s.domain'));
  either(query.formats, query.withoutFormats, is('s.format'));
  either(query.dtypes, query.withoutDtypes, is('s.dtype'));
  either(query.statuses, query.withoutStatuses, is('s.status'));
  for (const group of query.tags) either(group, [], has('s.tags'));
  either([], query.withoutTags, has('s.tags'));
  for (const group of query.targets) either(group, [], has('s.target_modules'));
  either([], query.withoutTargets, has('s.target_modules'));

  const within = (value: string, range: AmountRange | null) => {
    if (range?.from)
      conditions.push(`${value} ${range.from.inclusive ? '>=' : '>'} ${add(range.from.value)}::float8`);
    if (range?.to)
      conditions.push(`${value} ${range.to.inclusive ? '<=' : '<'} ${add(range.to.value)}::float8`);
  };
  within('s.rank', query.rank);
  within('s.alpha', query.alpha);
  within('s.file_size_bytes', query.size);
  within('s.parameter_count', query.params);
  within(`(select count(*) ${liveLinks})`, query.memories);

  const flag = (value: string, wanted: boolean | null) => {
    if (wanted !== null) conditions.push(wanted ? value : `not ${value}`);
  };
  flag(`(s.status = 'missing')`, query.missing);
  flag(`coalesce((s.adapter_config #>> '{report,isDora}')::boolean, false)`, query.dora);
  flag(`coalesce((s.adapter_config #>> '{report,isRankStabilized}')::boolean, false)`, query.rslora);
  flag(`(coalesce(s.adapter_config #>> '{report,purpose}', '') = 'image')`, query.image);
  // What is not the whole of a path lies where the library keeps its copies.
  flag(String.raw`coalesce(s.model_path !~ '^(/|\\|[A-Za-z]:)', false)`, query.copied);
  flag(`exists (select ${liveLinks})`, query.linked);
  return conditions.join(' and ');
}

const liveLinks = `from specialization_memory l join memory m on m.id = l.memory_id
  where l.specialization_id = s.id and m.deleted_at is null`;
