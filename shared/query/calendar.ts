/** A day as a calendar shows it, in no particular time zone. */
export interface CalendarDay {
  year: number;
  /** 1 to 12; outside of it counts on into the next years or back. */
  month: number;
  /** From 1; outside of the month counts on or back. */
  day: number;
}

const dayMs = 86_400_000;

// Date.UTC takes the years 0 to 99 for those of the twentieth century.
const utcMs = (day: CalendarDay): number => new Date(0).setUTCFullYear(day.year, day.month - 1, day.day);

function fromUtcMs(ms: number): CalendarDay {
  const date = new Date(ms);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** The same day with month and day in their ranges: 31 April is 1 May. */
export const normalDay = (day: CalendarDay): CalendarDay => fromUtcMs(utcMs(day));
export const addDays = (day: CalendarDay, days: number): CalendarDay => fromUtcMs(utcMs(day) + days * dayMs);
export const compareDays = (a: CalendarDay, b: CalendarDay): number => utcMs(a) - utcMs(b);
/** 0 for Monday to 6 for Sunday. */
export const weekdayOf = (day: CalendarDay): number => (new Date(utcMs(day)).getUTCDay() + 6) % 7;

export interface Zone {
  name: string;
  dayAt(instant: Date): CalendarDay;
  /** The instant when a clock on the wall shows this; the earlier one if it does so twice. */
  instantOf(day: CalendarDay, minutes?: number): Date;
}

/** @throws RangeError for a time zone that nobody knows */
export function zoneOf(timeZone: string | undefined): Zone {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    calendar: 'iso8601',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });

  function wallMs(instantMs: number): number {
    const parts = new Map(format.formatToParts(instantMs).map(({ type, value }) => [type, Number(value)]));
    const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
    const day = Date.UTC(part('year'), part('month') - 1, part('day'));
    return day + ((part('hour') * 60 + part('minute')) * 60 + part('second')) * 1000;
  }
  const offsetMs = (instantMs: number): number => {
    const wholeSeconds = Math.floor(instantMs / 1000) * 1000;
    return wallMs(wholeSeconds) - wholeSeconds;
  };

  return {
    name: format.resolvedOptions().timeZone,
    dayAt: (instant) => fromUtcMs(wallMs(instant.getTime())),
    instantOf(day, minutes = 0) {
      const wall = utcMs(day) + minutes * 60_000;
      // A day is enough to be on either side of a change of the clock.
      const [offsetBefore, offsetAfter] = [offsetMs(wall - dayMs), offsetMs(wall + dayMs)];
      const instants = [wall - offsetBefore, wall - offsetAfter].filter(
        (instant) => wall - offsetMs(instant) === instant,
      );
      // Where clocks are put forward at midnight, no clock shows 00:00: the day begins with the change.
      return new Date(instants.length > 0 ? Math.min(...instants) : wall - offsetBefore);
    },
  };
}
