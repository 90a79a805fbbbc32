import type { AuditEvent } from '../../../shared/schemas/audit.ts';

/** Events in a row that say the same of one thing or of many, told as one. */
export interface EventRun {
  readonly newest: AuditEvent;
  /** Of the first and the last of them. */
  readonly sequences: readonly [first: number, last: number];
  readonly events: number;
  /** Of the things it is about, each once. */
  readonly ids: readonly string[];
}

interface GrowingRun {
  readonly newest: AuditEvent;
  first: number;
  events: number;
  readonly ids: Set<string>;
}

/** The newest first, as they come. A run is what one deed leaves: the same said within the same second. */
export function runsOf(events: readonly AuditEvent[]): EventRun[] {
  const runs: GrowingRun[] = [];
  for (const event of events) {
    let run = runs.at(-1);
    if (!run || !saysTheSame(run.newest, event)) {
      run = { newest: event, first: event.sequence, events: 0, ids: new Set() };
      runs.push(run);
    }
    run.first = event.sequence;
    run.events += 1;
    if (event.entityId !== null) run.ids.add(event.entityId);
  }
  return runs.map(({ newest, first, events: count, ids }) => ({
    newest,
    sequences: [first, newest.sequence],
    events: count,
    ids: [...ids],
  }));
}

function saysTheSame(one: AuditEvent, other: AuditEvent): boolean {
  return (
    one.actor === other.actor &&
    one.action === other.action &&
    one.entity === other.entity &&
    one.fields.join() === other.fields.join() &&
    secondOf(one) === secondOf(other)
  );
}

const secondOf = (event: AuditEvent): number => Math.floor(Date.parse(event.occurredAt) / 1000);

export interface Day {
  /** Of any moment of it. */
  readonly at: string;
  readonly runs: readonly EventRun[];
}

/** By the days of the person's own clock. */
export function daysOf(runs: readonly EventRun[]): Day[] {
  const days: { at: string; runs: EventRun[] }[] = [];
  for (const run of runs) {
    const day = days.at(-1);
    const at = run.newest.occurredAt;
    if (day && new Date(day.at).toDateString() === new Date(at).toDateString()) day.runs.push(run);
    else days.push({ at, runs: [run] });
  }
  return days;
}
