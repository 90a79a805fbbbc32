import { formatCount } from '../../text/quantities.ts';

/** As far as the settings go. */
const most = 3650;

/** A whole number of days that the settings take; undefined for any other text. */
export function daysIn(text: string): number | undefined {
  if (!/^\d{1,5}$/.test(text.trim())) return undefined;
  const days = Number(text);
  return days >= 1 && days <= most ? days : undefined;
}

export const daysRefused = `Choose a whole number of days, from 1 to ${formatCount(most)}.`;

export const daysInWords = (days: number): string => (days === 1 ? '1 day' : `${formatCount(days)} days`);
