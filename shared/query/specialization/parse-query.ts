import { textsNow } from '../../texts/index.ts';
import { type Completion, completionBy } from '../completion.ts';
import type { QueryProblem } from '../query-problem.ts';
import { maxQueryLength, type SearchTerm } from '../search-query.ts';
import {
  type PhraseToken,
  type QueryToken,
  queryTokensBy,
  type TextRange,
  type WordToken,
} from '../tokens.ts';
import { createSpecializationFilterReader } from './filter-reader.ts';
import { specializationOperatorNamed, type SpecializationOperatorName } from './operators.ts';
import { emptySpecializationQuery, type SpecializationQuery } from './specialization-query.ts';

type Token = QueryToken<SpecializationOperatorName>;

export interface ParsedSpecializationQuery {
  readonly query: SpecializationQuery;
  readonly problems: QueryProblem[];
}

/**
 * Reads a query for specializations as `parseQuery` reads one for memories: every text is one, and what cannot be
 * understood is left out and named in a problem. `caret`: where the person is typing, null if nobody is.
 */
export function parseSpecializationQuery(
  text: string,
  { caret = text.length }: { readonly caret?: number | null | undefined } = {},
): ParsedSpecializationQuery {
  const read = text.slice(0, maxQueryLength);
  const parsed = parse(read, caret);
  if (read === text) return parsed;
  const message = textsNow().query.tooLong(maxQueryLength);
  return {
    query: parsed.query,
    problems: [...parsed.problems, { from: read.length, to: text.length, message }],
  };
}

function parse(text: string, caret: number | null): ParsedSpecializationQuery {
  const query = emptySpecializationQuery();
  const problems: QueryProblem[] = [];
  const readFilter = createSpecializationFilterReader({ text, query, problems });
  const tokens = queryTokensBy(specializationOperatorNamed, text);
  /** The term or filter that an OR before the next token would join with. */
  let left: Token | undefined;
  let or: TextRange | undefined;
  for (const [i, each] of tokens.entries()) {
    const token = each.kind === 'or' && (!left || or || !tokens[i + 1]) ? asWord(each) : each;
    if (token.kind === 'or') {
      or = token;
      continue;
    }
    const joined = or !== undefined && left !== undefined && canJoin(left, token);
    if (or && !joined && !isUnfinished(token))
      problems.push({
        from: or.from,
        to: or.to,
        message: textsNow().query.loneOrOfSpecializations,
      });
    if (token.kind === 'filter') readFilter(token, joined);
    else readTerm(token, joined);
    left = isUnfinished(token) ? undefined : token;
    or = undefined;
  }
  return { query, problems };

  function readTerm(token: WordToken | PhraseToken, joined: boolean): void {
    if (token.kind === 'phrase' && !token.closed)
      problems.push({
        from: token.from,
        to: token.to,
        message: textsNow().query.openQuotation,
        ...(token.text === '' ? {} : { suggestion: `${text.slice(token.from, token.to)}"` }),
      });
    if (token.text === '') return;
    const typing = !token.negated && token.to === caret;
    const term: SearchTerm =
      token.kind === 'phrase'
        ? { kind: 'phrase', text: token.text }
        : { kind: 'word', text: token.text, prefix: token.starred || typing };
    const group = query.text.at(-1);
    if (token.negated) query.withoutText.push(term);
    else if (joined && group) group.push(term);
    else query.text.push([term]);
  }
}

/** What is being typed at the caret, as `completionAt` tells it of a query for memories. */
export function specializationCompletionAt(
  text: string,
  caret: number,
): Completion<SpecializationOperatorName> | undefined {
  return completionBy(specializationOperatorNamed, text, caret);
}

const asWord = ({ from, to }: TextRange): WordToken => ({
  kind: 'word',
  from,
  to,
  negated: false,
  text: 'or',
  starred: false,
});

const isUnfinished = (token: Token): boolean =>
  token.kind === 'filter'
    ? token.values.every((value) => value.text === '')
    : token.kind !== 'or' && token.text === '';

const joinable: readonly SpecializationOperatorName[] = [
  'base',
  'domain',
  'tag',
  'target',
  'format',
  'dtype',
  'status',
];

function canJoin(left: Token, right: Token): boolean {
  if (left.kind === 'or' || right.kind === 'or' || left.negated || right.negated) return false;
  if (isUnfinished(right)) return false;
  if (left.kind !== 'filter' || right.kind !== 'filter')
    return left.kind !== 'filter' && right.kind !== 'filter';
  return left.operator === right.operator && joinable.includes(left.operator);
}
