import { textsNow } from '../texts/index.ts';
import { createFilterReader } from './filter-reader.ts';
import { formatQuery } from './format-query.ts';
import { keptTerms, mostForbidding, mostWords } from './kept-terms.ts';
import type { QueryProblem } from './query-problem.ts';
import { emptyQuery, maxQueryLength, type SearchQuery, type SearchTerm } from './search-query.ts';
import {
  type FilterToken,
  type PhraseToken,
  type QueryToken,
  queryTokens,
  type TextRange,
  type WordToken,
} from './tokens.ts';

export interface ParseOptions {
  now: Date;
  /** An IANA name; without one, that of the machine. */
  timeZone?: string;
  /** Where the person is typing: the word that ends there may go on. Null if nobody is typing. Default: the end. */
  caret?: number | null;
}

export interface ParsedQuery {
  query: SearchQuery;
  problems: QueryProblem[];
}

/**
 * Reads a query. Every text is one: what is no operator is a word, what cannot be understood is left out and named
 * in a problem. Words and filters must all apply (AND). OR binds closer than the space between two words, as in Google
 * and Gmail: `lake rome OR paris` is about the lake, and about Rome or Paris. It stands between words and phrases, or
 * between two filters of the same operator. The same operator again: `tag:a tag:b` has both; a session, source, document
 * or `on` again is one more to choose from, as a memory has only one; of `after`, `before` and `as-of` the last counts.
 */
export function parseQuery(text: string, options: ParseOptions): ParsedQuery {
  if (text.length <= maxQueryLength) {
    const parsed = parse(text, options);
    // Written out anew a query may be a few characters longer than as it was typed (.5 is 0.5).
    if (text.length < maxQueryLength / 2 || formatQuery(parsed.query).length <= maxQueryLength) return parsed;
  }
  for (let length = Math.min(text.length, maxQueryLength); ; length -= 100) {
    const { query, problems } = parse(text.slice(0, length), { ...options, caret: null });
    if (formatQuery(query).length > maxQueryLength) continue;
    const texts = textsNow();
    const message = texts.query.tooLong(length);
    return { query, problems: [...problems, { from: length, to: text.length, message }] };
  }
}

function parse(text: string, options: ParseOptions): ParsedQuery {
  const texts = textsNow();
  const caret = options.caret === undefined ? text.length : options.caret;
  const query = emptyQuery();
  const problems: QueryProblem[] = [];
  const readFilter = createFilterReader({
    text,
    now: options.now,
    timeZone: options.timeZone,
    query,
    problems,
  });
  const tokens = queryTokens(text);
  const places = new Map<SearchTerm, WordToken | PhraseToken>();

  /** The term or filter that an OR before the next token would join with. */
  let left: WordToken | PhraseToken | FilterToken | undefined;
  let or: TextRange | undefined;
  for (const [i, read] of tokens.entries()) {
    // "Portland OR" is a place, `OR OR` has one to be searched for.
    const token = read.kind === 'or' && (!left || or || !tokens[i + 1]) ? asWord(read) : read;
    if (token.kind === 'or') {
      or = token;
      continue;
    }
    const joined = or !== undefined && left !== undefined && canJoin(left, token);
    if (or && !joined && !isUnfinished(token)) {
      problems.push({
        from: or.from,
        to: or.to,
        message: texts.query.loneOr,
      });
    }
    if (token.kind === 'filter') readFilter(token, joined);
    else readTerm(token, joined);
    left = isUnfinished(token) ? undefined : token;
    or = undefined;
  }
  noteLeftOut();
  return { query, problems };

  function readTerm(token: WordToken | PhraseToken, joined: boolean): void {
    if (token.kind === 'phrase' && !token.closed) noteOpenQuotation(token, token.text);
    if (token.text === '') return;
    const typing = !token.negated && token.to === caret;
    const term: SearchTerm =
      token.kind === 'phrase'
        ? { kind: 'phrase', text: token.text }
        : { kind: 'word', text: token.text, prefix: token.starred || typing };
    places.set(term, token);
    const group = query.text.at(-1);
    if (token.negated) query.withoutText.push(term);
    else if (joined && group) group.push(term);
    else query.text.push([term]);
  }

  /** What cannot be looked for, and what is too much. */
  function noteLeftOut(): void {
    const beyond: Record<'words' | 'forbidding', TextRange[]> = { words: [], forbidding: [] };
    for (const [term, { pieces, cut }] of keptTerms(query)) {
      const token = places.get(term);
      if (!token) continue;
      const decides = token.negated || token.kind === 'phrase';
      if (cut) beyond[decides ? 'forbidding' : 'words'].push(token);
      else if (decides && pieces.length === 0)
        problems.push({
          from: token.from,
          to: token.to,
          message: texts.query.noLetter,
        });
    }
    noteBeyond(beyond.words, texts.query.tooManyWords(mostWords));
    noteBeyond(beyond.forbidding, texts.query.tooManyDeciding(mostForbidding));
  }

  function noteBeyond(ranges: readonly TextRange[], message: string): void {
    if (ranges.length === 0) return;
    const from = Math.min(...ranges.map((range) => range.from));
    const to = Math.max(...ranges.map((range) => range.to));
    problems.push({ from, to, message });
  }

  function noteOpenQuotation(token: TextRange, content: string): void {
    problems.push({
      from: token.from,
      to: token.to,
      message: texts.query.openQuotation,
      ...(content === '' ? {} : { suggestion: `${text.slice(token.from, token.to)}"` }),
    });
  }
}

const asWord = (token: TextRange): WordToken => ({
  ...token,
  kind: 'word',
  negated: false,
  text: 'or',
  starred: false,
});

const isUnfinished = (token: QueryToken): boolean =>
  token.kind === 'filter'
    ? token.values.every((value) => value.text === '')
    : token.kind !== 'or' && token.text === '';

function canJoin(left: QueryToken, right: QueryToken): boolean {
  if (left.kind === 'or' || right.kind === 'or' || left.negated || right.negated) return false;
  if (isUnfinished(right)) return false;
  if (left.kind !== 'filter' || right.kind !== 'filter')
    return left.kind !== 'filter' && right.kind !== 'filter';
  return (
    left.operator === right.operator && ['tag', 'session', 'source', 'document', 'on'].includes(left.operator)
  );
}
