import { textsNow } from '../../../shared/texts/index.ts';

/** As far as the settings go. */
const most = 3650;

/** A whole number of days that the settings take; undefined for any other text. */
export function daysIn(text: string): number | undefined {
  if (!/^\d{1,5}$/.test(text.trim())) return undefined;
  const days = Number(text);
  return days >= 1 && days <= most ? days : undefined;
}

export const daysRefused = (): string => textsNow().settings.keeping.refused(most);
