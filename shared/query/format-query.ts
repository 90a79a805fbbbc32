import type { OperatorName } from './operators.ts';
import type { ImportanceEdge, ImportanceRange, SearchQuery } from './search-query.ts';
import { writtenList, writtenQuery, writtenState as state } from './written-query.ts';

/** The text of a query. */
export function formatQuery(query: SearchQuery): string {
  const { after, before, asOf, importance } = query;
  const filters = [
    ...query.tags.map((anyOf) => list('tag', anyOf)),
    list('-tag', query.withoutTags),
    list('session', query.sessions),
    list('-session', query.withoutSessions),
    list('source', query.sources),
    list('-source', query.withoutSources),
    list('document', query.documents),
    list('-document', query.withoutDocuments),
    list('after', after ? [after.text] : []),
    list('before', before ? [before.text] : []),
    list(
      'on',
      query.on.map((date) => date.text),
    ),
    ...(importance ? writtenImportance(importance) : []),
    state('is:pinned', query.pinned),
    state('is:untagged', query.untagged),
    state('has:version', query.hasVersion),
    state('has:document', query.hasDocument),
    query.inTrash ? 'in:trash' : '',
    list('as-of', asOf ? [asOf.text] : []),
  ];
  return writtenQuery(filters, query);
}

const list = (operator: OperatorName | `-${OperatorName}`, values: readonly string[]): string =>
  writtenList(operator, values);

function writtenImportance({ from, to }: ImportanceRange): string[] {
  if (from?.inclusive && to?.inclusive) {
    if (from.value === to.value) return [`importance:${from.value}`];
    // The other way round it is a range that holds nothing, which can only be said by its two edges.
    if (from.value < to.value) return [`importance:${from.value}..${to.value}`];
  }
  const edge = (sign: '>' | '<', { value, inclusive }: ImportanceEdge): string =>
    `importance:${sign}${inclusive ? '=' : ''}${value}`;
  return [...(from ? [edge('>', from)] : []), ...(to ? [edge('<', to)] : [])];
}
