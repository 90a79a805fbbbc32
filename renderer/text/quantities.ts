import { textsNow } from '../../shared/texts/index.ts';
import { dateFormat, forLanguage, numberFormat } from './formats.ts';

const day = dateFormat({ dateStyle: 'long' });
const moment = dateFormat({ dateStyle: 'long', timeStyle: 'medium' });
const wholeNumber = numberFormat();
const percent = numberFormat({ style: 'percent', maximumFractionDigits: 0 });

const wholeBytes = numberFormat({ style: 'unit', unit: 'byte', unitDisplay: 'long' });
const largerUnits = ['kilobyte', 'megabyte', 'gigabyte', 'terabyte'].map((unit) => ({
  rounded: amountOf(unit, 0),
  exact: amountOf(unit, 1),
}));

function amountOf(unit: string, digits: number): (amount: number) => string {
  return numberFormat({
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: digits,
    minimumFractionDigits: digits,
  });
}

/** "812 kB", "4.7 MB", "38 MB": as many digits as one can compare at a glance. */
export function formatBytes(bytes: number): string {
  let amount = bytes;
  let power = 0;
  // 999.5 kB would round up to "1,000 kB".
  while (Math.round(amount) >= 1000 && power < largerUnits.length) {
    amount /= 1000;
    power += 1;
  }
  const unit = largerUnits[power - 1];
  if (!unit) return wholeBytes(Math.round(amount));
  return amount < 9.95 ? unit.exact(amount) : unit.rounded(amount);
}

const uptime = forLanguage(
  (locale) => new Intl.DurationFormat(locale, { style: 'digital', days: 'long', daysDisplay: 'auto' }),
);

/** "0:04:09", "3 days, 0:04:09": whole seconds that line up below each other. */
export function formatUptime(elapsedMs: number): string {
  // A clock that was set back must not count below nothing.
  const seconds = Math.max(0, Math.floor(elapsedMs / 1000));
  return uptime().format({
    days: Math.floor(seconds / 86_400),
    hours: Math.floor((seconds % 86_400) / 3600),
    minutes: Math.floor((seconds % 3600) / 60),
    seconds: seconds % 60,
  });
}

const seconds = numberFormat({
  style: 'unit',
  unit: 'second',
  unitDisplay: 'long',
  maximumSignificantDigits: 2,
});

/** "0.21 seconds", "1.4 seconds" */
export function formatDuration(elapsedMs: number): string {
  return seconds(elapsedMs / 1000);
}

/** "21 November 2026" */
export function formatDay(iso: string): string {
  return day(new Date(iso));
}

/** "21 November 2026 at 14:03:22" */
export function formatMoment(iso: string): string {
  return moment(new Date(iso));
}

export function formatCount(count: number): string {
  return wholeNumber(count);
}

/** "38 %" in the way of the language; never "0 %" for something that is there. */
export function formatShare(share: number): string {
  return share > 0 && share < 0.01 ? `< ${percent(0.01)}` : percent(share);
}

/** "no memories", "1 memory", "1,204 memories" */
export const memoriesInWords = (count: number): string => textsNow().amounts.memories(count);
