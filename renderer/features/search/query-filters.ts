import { closestName } from '../../../shared/query/closest-name.ts';
import { parseQuery } from '../../../shared/query/parse-query.ts';
import type { QueryProblem } from '../../../shared/query/query-problem.ts';
import {
  queryTokens,
  type FilterToken,
  type QueryToken,
  writtenValue,
} from '../../../shared/query/tokens.ts';

/** A filter of the text, to be seen and taken away. */
export interface QueryChip {
  readonly from: number;
  readonly to: number;
  /** "Tag: garden or balcony" */
  readonly words: string;
}

const named: Readonly<Record<FilterToken['operator'], string>> = {
  tag: 'Tag',
  session: 'Session',
  source: 'Came in as',
  document: 'Document',
  after: 'After',
  before: 'Before',
  on: 'On',
  importance: 'Importance',
  is: '',
  has: '',
  in: '',
  'as-of': 'As it was on',
};

const states: Readonly<Record<string, readonly [string, string]>> = {
  'is:pinned': ['Pinned', 'Not pinned'],
  'is:untagged': ['Without a tag', 'With a tag'],
  'has:version': ['Changed before', 'Never changed'],
  'has:document': ['From a document', 'From no document'],
  'in:trash': ['In the trash', 'Not in the trash'],
};

/** The filters of a text as chips; the one that is being typed is not one yet. */
export function chipsOf(text: string, caret: number | null): QueryChip[] {
  return queryTokens(text).flatMap((token) => {
    const words = token.to === caret ? undefined : wordsOf(token);
    return words === undefined ? [] : [{ from: token.from, to: token.to, words }];
  });
}

function wordsOf(token: QueryToken): string | undefined {
  if (token.kind === 'or') return undefined;
  if (token.kind !== 'filter') {
    if (!token.negated || token.text === '') return undefined;
    return token.kind === 'phrase' ? `Without “${token.text}”` : `Without ${token.text}`;
  }
  const values = token.values.map(({ text }) => text).filter((text) => text !== '');
  if (values.length === 0) return undefined;
  const { operator, negated } = token;
  if (operator === 'is' || operator === 'has' || operator === 'in') {
    const known = values.map((value) => states[`${operator}:${value.toLowerCase()}`]?.[negated ? 1 : 0]);
    return known.every((each) => each !== undefined) ? known.join(', ') : undefined;
  }
  const list = values.join(operator === 'importance' ? ', ' : ' or ');
  return `${negated ? 'Not ' : ''}${negated ? named[operator].toLowerCase() : named[operator]}: ${list}`;
}

/** The text without a filter, and without the OR that joined it to another. */
export function withoutFilter(text: string, { from, to }: Pick<QueryChip, 'from' | 'to'>): string {
  const tokens = queryTokens(text);
  const at = tokens.findIndex((token) => token.from === from);
  const [before, after] = [tokens[at - 1], tokens[at + 1]];
  let [cutFrom, cutTo] = [from, to];
  if (after?.kind === 'or') cutTo = after.to;
  else if (before?.kind === 'or') cutFrom = before.from;
  const [left, right] = [text.slice(0, cutFrom).trimEnd(), text.slice(cutTo).trimStart()];
  return left === '' || right === '' ? left + right : `${left} ${right}`;
}

/** What could not be understood, and names nobody knows. */
export function problemsOf(
  text: string,
  caret: number | null,
  known: { readonly tags: readonly string[] | undefined },
): QueryProblem[] {
  const { problems } = parseQuery(text, { now: new Date(), caret });
  const typing = (to: number) => caret !== null && caret === to;
  const unknown = queryTokens(text).flatMap((token) =>
    token.kind === 'filter' && token.operator === 'tag' && known.tags
      ? unknownTags(token, known.tags).filter(({ to }) => !typing(to))
      : [],
  );
  return [...problems.filter(({ to }) => !typing(to)), ...unknown].toSorted((a, b) => a.from - b.from);
}

function unknownTags(token: FilterToken, tags: readonly string[]): QueryProblem[] {
  const names = new Map(tags.map((name) => [name.toLowerCase(), name]));
  return token.values.flatMap(({ text, from, to }) => {
    if (text === '' || names.has(text.toLowerCase())) return [];
    const close = closestName(text.toLowerCase(), [...names.keys()]);
    const meant = close === undefined ? undefined : names.get(close);
    const message = `There is no tag “${text.length > 60 ? `${text.slice(0, 60)}…` : text}”.`;
    return [{ from, to, message, ...(meant === undefined ? {} : { suggestion: writtenValue(meant) }) }];
  });
}
