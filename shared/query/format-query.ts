import type { OperatorName } from './operators.ts';
import type { ImportanceEdge, ImportanceRange, SearchQuery, SearchTerm } from './search-query.ts';
import { quoted, writtenValue } from './tokens.ts';

/**
 * The text of a query: filters first, so that typing goes on in the words behind them.
 * A last word that is complete is followed by a space; without one it would be read as still being typed.
 */
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

const list = (operator: OperatorName | `-${OperatorName}`, values: readonly string[]): string =>
  values.length === 0 ? '' : `${operator}:${values.map(writtenValue).join(',')}`;

const state = (filter: string, is: boolean | null): string => (is === null ? '' : is ? filter : `-${filter}`);

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
