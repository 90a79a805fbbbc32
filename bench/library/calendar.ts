import { Lottery, type Random } from './random.ts';

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** Sunday first. */
const weekdayWeights = [0.2, 1.1, 1.1, 1, 1, 0.8, 0.25];

/** Around which hours of the day people write things down, by how much, and how often. */
const workday = [
  { hour: 10.5, spread: 1.3, weight: 45 },
  { hour: 15, spread: 1.5, weight: 40 },
  { hour: 20.75, spread: 1, weight: 15 },
];
const weekend = [{ hour: 14, spread: 3.5, weight: 1 }];

/** When each of `count` memories came about, oldest first: busy weeks, quiet ones, holidays, more from year to year. */
export function moments(count: number, fromMs: number, untilMs: number, random: Random): Float64Array {
  const firstDay = Math.floor(fromMs / dayMs);
  const days = Array.from({ length: Math.ceil(untilMs / dayMs) - firstDay }, (_, i) => firstDay + i);
  const lottery = new Lottery(days.map((day, i) => weightOf(day, i / days.length, random)));
  const workdayParts = new Lottery(workday.map(({ weight }) => weight));
  return Float64Array.from({ length: count }, () => {
    const day = days[lottery.draw(random)] ?? firstDay;
    const parts = isWeekend(day) ? weekend : workday;
    const part = parts[parts === workday ? workdayParts.draw(random) : 0];
    const hour = random.around(part?.hour ?? 12, part?.spread ?? 3);
    const at = Math.floor((day + Math.min(Math.max(hour, 0), 23.99) / 24) * dayMs);
    return Math.min(Math.max(at, fromMs), untilMs - 1);
  }).toSorted();
}

function weightOf(day: number, share: number, random: Random): number {
  const date = new Date(day * dayMs);
  const month = date.getUTCMonth();
  const isHoliday = month === 7 || (month === 11 && date.getUTCDate() > 22);
  const isOff = random.chance(0.05);
  const busy = Math.exp(random.around(0, 0.4));
  return isOff
    ? 0.01
    : (weekdayWeights[date.getUTCDay()] ?? 1) * (0.6 + share) * (isHoliday ? 0.35 : 1) * busy;
}

function isWeekend(day: number): boolean {
  return [0, 6].includes(new Date(day * dayMs).getUTCDay());
}
