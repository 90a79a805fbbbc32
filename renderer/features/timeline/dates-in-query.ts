import { parseQuery } from '../../../shared/query/parse-query.ts';
import { queryTokens, type QueryToken } from '../../../shared/query/tokens.ts';
import type { Period, Span } from '../../navigation/period.ts';
import { withoutFilter } from '../search/query-filters.ts';

const isDate = (token: QueryToken): boolean =>
  token.kind === 'filter' &&
  (token.operator === 'after' || token.operator === 'before' || token.operator === 'on');

/** Whether a query says itself when what it looks for was. */
export const saysWhen = (text: string): boolean => queryTokens(text).some(isDate);

/** When what a query looks for was; undefined when it does not matter, or is no single stretch of time. */
export function spanIn(text: string): Span | undefined {
  if (!saysWhen(text)) return undefined;
  const { after, before, on } = parseQuery(text, { now: new Date(), caret: null }).query;
  const [period, ...others] = on;
  if (others.length > 0 || (!after && !before && !period)) return undefined;
  const begin = Math.max(timeOf(after?.from, -Infinity), timeOf(period?.from, -Infinity));
  const end = Math.min(timeOf(before?.from, Infinity), timeOf(period?.until, Infinity));
  return begin < end ? { begin, end } : undefined;
}

const timeOf = (instant: string | undefined, otherwise: number): number =>
  instant === undefined ? otherwise : new Date(instant).getTime();

/** The query with this period instead of the one it named; in front, where no open quotation takes it in. */
export function withPeriod(text: string, period: Period | undefined): string {
  let rest = text;
  for (let date = queryTokens(rest).find(isDate); date; date = queryTokens(rest).find(isDate)) {
    rest = withoutFilter(rest, date);
  }
  if (!period) return rest;
  return `after:${period.after} before:${period.before} ${rest}`.trimEnd();
}
