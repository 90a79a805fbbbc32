import type { SearchTerm } from '../search-query.ts';
import { quoted, writtenValue } from '../tokens.ts';
import { type AmountRange, type AmountUnits, writtenRange } from './amount.ts';
import { amountUnits } from './filter-reader.ts';
import { kindNames, type SpecializationOperatorName } from './operators.ts';
import type { SpecializationQuery } from './specialization-query.ts';

/** The text of a query for specializations: filters first, so that typing goes on in the words behind them. */
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
    ...query.withoutText.map((term) => `-${writtenTerm(term)}`),
  ].filter((filter) => filter !== '');

  const last = query.text.at(-1)?.at(-1);
  const words = query.text.map((anyOf) =>
    anyOf.map((term) => (term === last && term.kind === 'word' ? term.text : writtenTerm(term))).join(' OR '),
  );
  const text = [...filters, ...words].join(' ');
  return last?.kind === 'word' && !last.prefix ? `${text} ` : text;
}

function writtenTerm(term: SearchTerm): string {
  if (term.kind === 'phrase') return quoted(term.text);
  return term.prefix ? `${term.text}*` : term.text;
}

const list = (
  operator: SpecializationOperatorName | `-${SpecializationOperatorName}`,
  values: readonly string[],
): string => (values.length === 0 ? '' : `${operator}:${values.map(writtenValue).join(',')}`);

const state = (filter: string, is: boolean | null): string => (is === null ? '' : is ? filter : `-${filter}`);

function amount(operator: keyof typeof amountUnits, range: AmountRange | null): string[] {
  const units: AmountUnits = amountUnits[operator];
  return range ? writtenRange(operator, range, units) : [];
}
