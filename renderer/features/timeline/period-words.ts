import type { Span } from '../../navigation/period.ts';
import { dateFormat, dateRangeFormat } from '../../text/formats.ts';

const forms = {
  years: dateRangeFormat({ year: 'numeric' }),
  month: dateRangeFormat({ month: 'long', year: 'numeric' }),
  months: dateRangeFormat({ month: 'short', year: 'numeric' }),
  day: dateRangeFormat({ day: 'numeric', month: 'long', year: 'numeric' }),
  days: dateRangeFormat({ day: 'numeric', month: 'short', year: 'numeric' }),
} as const;

/** "2025", "March 2025", "Mar – May 2025", "12 March 2025", "12 Mar – 4 Apr 2025" */
export function periodInWords({ begin, end }: Span): string {
  const [first, behind] = [new Date(begin), new Date(end)];
  const last = new Date(end - 1);
  return forms[formOf(first, behind, last)](first, last).replaceAll(/\s*–\s*/g, ' – ');
}

function formOf(first: Date, behind: Date, last: Date): keyof typeof forms {
  const isOfMonths = first.getDate() === 1 && behind.getDate() === 1;
  if (isOfMonths && first.getMonth() === 0 && behind.getMonth() === 0) return 'years';
  if (isOfMonths) return isSame(first, last, 'month') ? 'month' : 'months';
  return isSame(first, last, 'day') ? 'day' : 'days';
}

function isSame(a: Date, b: Date, unit: 'month' | 'day'): boolean {
  const isSameMonth = a.getFullYear() === b.getFullYear() && a.getMonth() === b.getMonth();
  return isSameMonth && (unit === 'month' || a.getDate() === b.getDate());
}

const shortMonth = dateFormat({ month: 'short' });
const shortDay = dateFormat({ day: 'numeric', month: 'short' });

/** Below the bars: "2025" where a year begins, "Mar" where a month does, "12 Mar" elsewhere. */
export function tickInWords(day: Date): string {
  if (day.getDate() !== 1) return shortDay(day);
  return day.getMonth() === 0 ? String(day.getFullYear()) : shortMonth(day);
}
