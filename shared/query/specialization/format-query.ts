import { writtenList, writtenQuery, writtenState as state } from '../written-query.ts';
import { type AmountRange, type AmountUnits, writtenRange } from './amount.ts';
import { amountUnits } from './filter-reader.ts';
import { kindNames, type SpecializationOperatorName } from './operators.ts';
import type { SpecializationQuery } from './specialization-query.ts';

/** The text of a query for specializations. */
export function formatSpecializationQuery(query: SpecializationQuery): string {
  const filters = [
    list('base', query.bases),
    list('-base', query.withoutBases),
    list('domain', query.domains),
    list('-domain', query.withoutDomains),
    ...query.tags.map((anyOf) => list('tag', anyOf)),
    list('-tag', query.withoutTags),
    ...query.targets.map((anyOf) => list('target', anyOf)),
    list('-target', query.withoutTargets),
    list('format', query.formats),
    list('-format', query.withoutFormats),
    list('dtype', query.dtypes),
    list('-dtype', query.withoutDtypes),
    list('status', query.statuses),
    list('-status', query.withoutStatuses),
    ...amount('rank', query.rank),
    ...amount('alpha', query.alpha),
    ...amount('size', query.size),
    ...amount('params', query.params),
    ...amount('memories', query.memories),
    query.missing === null ? '' : `missing:${query.missing ? 'yes' : 'no'}`,
    ...kindNames.map((name) => state(`is:${name}`, query[name])),
    query.inTrash ? 'in:trash' : '',
  ];
  return writtenQuery(filters, query);
}

const list = (
  operator: SpecializationOperatorName | `-${SpecializationOperatorName}`,
  values: readonly string[],
): string => writtenList(operator, values);

function amount(operator: keyof typeof amountUnits, range: AmountRange | null): string[] {
  const units: AmountUnits = amountUnits[operator];
  return range ? writtenRange(operator, range, units) : [];
}
