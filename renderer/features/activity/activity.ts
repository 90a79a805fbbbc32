import type { AuditEvent, AuditPage } from '../../../shared/schemas/audit.ts';
import { runsOf, type EventRun } from './event-runs.ts';

/** What was read so far. */
export interface Activity {
  readonly events: readonly AuditEvent[];
  /** Null when there is nothing older. */
  readonly next: number | null;
  readonly runs: readonly EventRun[];
  /** The oldest run goes on in what was not read: of how many it is is not known. */
  readonly isLastOpen: boolean;
}

type ReadPage = (request: { limit: number; before?: number }) => Promise<AuditPage>;

const pageSize = 200;
/** About a window full. */
const runsAtOnce = 30;
/** A deed may leave a hundred thousand events; nobody waits for all of them to see that it was done. */
const mostEventsAtOnce = 10_000;

/**
 * Reads on from where `before` ended, or from the newest. A run of which the end was not read is kept back
 * until it was, so that no number grows while somebody looks at it, as long as it is of a bearable length.
 */
export async function readOn(read: ReadPage, before?: Activity): Promise<Activity> {
  const events = [...(before?.events ?? [])];
  const wanted = (before?.runs.length ?? 0) + runsAtOnce;
  const most = events.length + mostEventsAtOnce;
  let next = before?.next ?? null;
  let found = runsOf(events).length;
  do {
    const page = await read({ limit: pageSize, ...(next === null ? {} : { before: next }) });
    const last = events.slice(-1);
    found += runsOf([...last, ...page.events]).length - last.length;
    events.push(...page.events);
    next = page.next;
  } while (next !== null && events.length < most && found <= wanted);

  const runs = runsOf(events);
  if (next === null) return { events, next, runs, isLastOpen: false };
  const closed = runs.slice(0, -1);
  const isLastOpen = closed.length <= (before?.runs.length ?? 0);
  return { events, next, runs: isLastOpen ? runs : closed, isLastOpen };
}
