/** Whole days of the person's own clock, as a query names them: the first, and the one behind the last. */
export interface Period {
  readonly after: string;
  readonly before: string;
}

/** From the first instant up to, and without, the last: milliseconds since 1970. */
export interface Span {
  readonly begin: number;
  readonly end: number;
}

/** As an address has it; undefined for what is no period. */
export function periodAt(after: string | null, before: string | null): Period | undefined {
  if (!isDay(after) || !isDay(before) || after >= before) return undefined;
  return { after, before };
}

export const spanOf = ({ after, before }: Period): Span => ({ begin: beginOf(after), end: beginOf(before) });

export const periodOf = ({ begin, end }: Span): Period => ({ after: dayAt(begin), before: dayAt(end) });

export const isSamePeriod = (a: Period | undefined, b: Period | undefined): boolean =>
  a?.after === b?.after && a?.before === b?.before;

/** "2026-03-01" */
function dayAt(time: number): string {
  const day = new Date(time);
  const [month, date] = [day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, '0'));
  return `${String(day.getFullYear()).padStart(4, '0')}-${month}-${date}`;
}

/** Where clocks are put forward at midnight, the day begins with that. */
function beginOf(day: string): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date).getTime();
}

/** Of the years a query can name. */
const isDay = (text: string | null): text is string =>
  text !== null && /^[1-9]\d{3}-\d\d-\d\d$/.test(text) && dayAt(beginOf(text)) === text;
