import type { SearchTerm } from './search-query.ts';
import { quoted, writtenValue } from './tokens.ts';

/**
 * Filters first, so that typing goes on in the words behind them; those that are empty are none.
 * A last word that is complete is followed by a space; without one it would be read as still being typed.
 */
export function writtenQuery(
  filters: readonly string[],
  query: { readonly text: readonly (readonly SearchTerm[])[]; readonly withoutText: readonly SearchTerm[] },
): string {
  const last = query.text.at(-1)?.at(-1);
  const words = query.text.map((anyOf) =>
    anyOf.map((term) => (term === last && term.kind === 'word' ? term.text : writtenTerm(term))).join(' OR '),
  );
  const without = query.withoutText.map((term) => `-${writtenTerm(term)}`);
  const text = [...filters.filter((filter) => filter !== ''), ...without, ...words].join(' ');
  return last?.kind === 'word' && !last.prefix ? `${text} ` : text;
}

function writtenTerm(term: SearchTerm): string {
  if (term.kind === 'phrase') return quoted(term.text);
  return term.prefix ? `${term.text}*` : term.text;
}

export const writtenList = (operator: string, values: readonly string[]): string =>
  values.length === 0 ? '' : `${operator}:${values.map(writtenValue).join(',')}`;

export const writtenState = (filter: string, is: boolean | null): string =>
  is === null ? '' : is ? filter : `-${filter}`;
