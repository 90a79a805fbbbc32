import type { Texts } from '../../../shared/texts/index.ts';
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

type Named = Exclude<FilterToken['operator'], 'is' | 'has' | 'in'>;

/** A filter with its values; of those that can be turned round, also what they leave out. */
const namedIn = (texts: Texts) =>
  ({
    tag: [texts.search.chips.tag, texts.search.chips.notTag],
    session: [texts.search.chips.session, texts.search.chips.notSession],
    source: [texts.search.chips.source, texts.search.chips.notSource],
    document: [texts.search.chips.document, texts.search.chips.notDocument],
    after: [texts.search.chips.after, texts.search.chips.notAfter],
    before: [texts.search.chips.before, texts.search.chips.notBefore],
    on: [texts.search.chips.on, texts.search.chips.notOn],
    importance: [texts.search.chips.importance, texts.search.chips.notImportance],
    'as-of': [texts.search.chips.asOf, texts.search.chips.notAsOf],
  }) as const satisfies Readonly<Record<Named, readonly unknown[]>>;

const statesIn = (texts: Texts): Readonly<Record<string, readonly [string, string]>> => ({
  'is:pinned': [texts.search.chips.pinned, texts.search.chips.notPinned],
  'is:untagged': [texts.search.chips.untagged, texts.search.chips.tagged],
  'has:version': [texts.search.chips.changed, texts.search.chips.unchanged],
  'has:document': [texts.search.chips.ofDocument, texts.search.chips.ofNoDocument],
  'in:trash': [texts.search.chips.inTrash, texts.search.chips.notInTrash],
});

/** The filters of a text as chips; the one that is being typed is not one yet. */
export function chipsOf(text: string, caret: number | null, texts: Texts): QueryChip[] {
  return queryTokens(text).flatMap((token) => {
    const words = token.to === caret ? undefined : wordsOf(token, texts);
    return words === undefined ? [] : [{ from: token.from, to: token.to, words }];
  });
}

function wordsOf(token: QueryToken, texts: Texts): string | undefined {
  if (token.kind === 'or') return undefined;
  if (token.kind !== 'filter') {
    if (!token.negated || token.text === '') return undefined;
    return token.kind === 'phrase'
      ? texts.search.chips.withoutPhrase(token.text)
      : texts.search.chips.without(token.text);
  }
  const values = token.values.map(({ text }) => text).filter((text) => text !== '');
  if (values.length === 0) return undefined;
  const { operator, negated } = token;
  if (operator === 'is' || operator === 'has' || operator === 'in') {
    const states = statesIn(texts);
    const known = values.map((value) => states[`${operator}:${value.toLowerCase()}`]?.[negated ? 1 : 0]);
    return known.every((each) => each !== undefined) ? known.join(', ') : undefined;
  }
  return namedIn(texts)[operator][negated ? 1 : 0](values);
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
  texts: Texts,
): QueryProblem[] {
  const { problems } = parseQuery(text, { now: new Date(), caret });
  const typing = (to: number) => caret !== null && caret === to;
  const unknown = queryTokens(text).flatMap((token) =>
    token.kind === 'filter' && token.operator === 'tag' && known.tags
      ? unknownTags(token, known.tags, texts).filter(({ to }) => !typing(to))
      : [],
  );
  return [...problems.filter(({ to }) => !typing(to)), ...unknown].toSorted((a, b) => a.from - b.from);
}

function unknownTags(token: FilterToken, tags: readonly string[], texts: Texts): QueryProblem[] {
  const names = new Map(tags.map((name) => [name.toLowerCase(), name]));
  return token.values.flatMap(({ text, from, to }) => {
    if (text === '' || names.has(text.toLowerCase())) return [];
    const close = closestName(text.toLowerCase(), [...names.keys()]);
    const meant = close === undefined ? undefined : names.get(close);
    const message = texts.query.unknownTag(text.length > 60 ? `${text.slice(0, 60)}…` : text);
    return [{ from, to, message, ...(meant === undefined ? {} : { suggestion: writtenValue(meant) }) }];
  });
}
