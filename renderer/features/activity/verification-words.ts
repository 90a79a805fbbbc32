import type { AuditVerification, BrokenLink, Difference } from '../../../shared/schemas/audit.ts';
import { formatCount } from '../../text/quantities.ts';
import { amountOf } from './event-words.ts';

const countOf = (count: number, one: string, many: string): string =>
  count === 1 ? `1 ${one}` : `${formatCount(count)} ${many}`;

/** "12 events and the 8 things they tell of" */
export function lookedThrough({ events, rows }: AuditVerification): string {
  return `${countOf(events, 'event', 'events')} and ${countOf(rows, 'thing', 'things')} they tell of`;
}

/** What is wrong with the list of events itself. */
export function brokenLinkInWords({ kind, missing, sequence }: BrokenLink): string {
  switch (kind) {
    case 'changed':
      return `Event ${formatCount(sequence)} is not what Loci wrote. What comes after it cannot be vouched for.`;
    case 'moved':
      return `Event ${formatCount(sequence)} does not stand where Loci wrote it. What comes after it cannot be vouched for.`;
    case 'missing':
      return missing === 1
        ? `Event ${formatCount(sequence)} is missing. What comes after it cannot be vouched for.`
        : `${formatCount(missing)} events are missing, from event ${formatCount(sequence)} on. What comes after them cannot be vouched for.`;
  }
}

/** "A memory was changed" */
export function differenceInWords({ entity, what }: Difference): string {
  const thing = entity === 'app_user' ? 'this person' : amountOf(entity, 1);
  return `${thing.charAt(0).toUpperCase()}${thing.slice(1)} was ${what}`;
}
