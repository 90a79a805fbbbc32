import { textsNow } from '../../shared/texts/index.ts';
import { dateFormat } from './formats.ts';
import { formatDay } from './quantities.ts';

const weekday = dateFormat({ weekday: 'long' });
const timeOfDay = dateFormat({ timeStyle: 'short' });

/** Midnight of the day, of the person's own clock. */
const dayOf = (moment: Date): Date => new Date(moment.getFullYear(), moment.getMonth(), moment.getDate());

/** "Today", "Yesterday", "Wednesday" within a week, "11 November 2026" after it. */
export function nameOfDay(iso: string, now: Date): string {
  const texts = textsNow();
  const moment = new Date(iso);
  const daysAgo = daysBefore(moment, now);
  if (daysAgo === 0) return texts.days.today;
  if (daysAgo === 1) return texts.days.yesterday;
  // What lies ahead, because a clock was wrong, is named in full.
  const isNear = daysAgo > 1 && daysAgo < 7;
  return isNear ? weekday(moment) : formatDay(iso);
}

/** "today at 14:03", "on Wednesday at 14:03", "on 11 November 2026 at 14:03" */
export function saidMoment(iso: string, now: Date): string {
  const texts = textsNow();
  const daysAgo = daysBefore(new Date(iso), now);
  if (daysAgo === 0) return texts.days.todayAt(formatTime(iso));
  if (daysAgo === 1) return texts.days.yesterdayAt(formatTime(iso));
  return texts.days.onDayAt(nameOfDay(iso, now), formatTime(iso));
}

/** Rounded, because a day on which the clock is put forward or back has not 24 hours. */
export const daysBefore = (moment: Date, now: Date): number =>
  Math.round((dayOf(now).getTime() - dayOf(moment).getTime()) / 86_400_000);

/** "14:03" */
export function formatTime(iso: string): string {
  return timeOfDay(new Date(iso));
}
