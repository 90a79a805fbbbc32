import { expect, test } from 'vitest';
import type { AuditEvent } from '../../../shared/schemas/audit.ts';
import { readOn } from './activity.ts';
import { daysOf, runsOf } from './event-runs.ts';

/** Numbered from the oldest, in the order in which they come: the newest first. */
function events(...said: Partial<AuditEvent>[]): AuditEvent[] {
  return said
    .map((parts, at) => ({
      id: `event ${at + 1}`,
      sequence: at + 1,
      occurredAt: '2026-11-21T10:00:00.000Z',
      actor: 'person' as const,
      action: 'trashed' as const,
      entity: 'memory',
      entityId: `memory ${at + 1}`,
      fields: [],
      ...parts,
    }))
    .toReversed();
}

const numbers = (count: number) => Array.from({ length: count }, () => ({}));

test('what was done to many at once is one line with its number', () => {
  const [run, ...others] = runsOf(events({}, {}, {}));
  expect(others).toEqual([]);
  expect(run).toMatchObject({
    sequences: [1, 3],
    events: 3,
    ids: ['memory 3', 'memory 2', 'memory 1'],
    newest: { sequence: 3 },
  });
});

test('a thing that was changed twice in a second is one thing', () => {
  const changed = { action: 'changed', entityId: 'the same' } as const;
  expect(runsOf(events(changed, changed))).toMatchObject([{ events: 2, ids: ['the same'] }]);
});

test('what differs in who, what, which part or when stands apart', () => {
  const runs = runsOf(
    events(
      { occurredAt: '2026-11-21T09:59:59.900Z' },
      {},
      { actor: 'app' },
      { action: 'restored' },
      { entity: 'tag', action: 'restored' },
      { fields: ['title'] },
      { fields: ['title', 'tags'] },
    ),
  );
  expect(runs.map(({ events: count }) => count)).toEqual([1, 1, 1, 1, 1, 1, 1]);
});

test('days are those of the person, not of Greenwich', () => {
  const lateAndEarly = events(
    { occurredAt: new Date(2026, 10, 20, 23, 59, 59).toISOString() },
    { occurredAt: new Date(2026, 10, 21, 0, 0, 1).toISOString() },
    { occurredAt: new Date(2026, 10, 21, 0, 0, 3).toISOString() },
  );
  expect(daysOf(runsOf(lateAndEarly)).map(({ runs }) => runs.length)).toEqual([2, 1]);
});

function libraryOf(all: readonly AuditEvent[]) {
  const reads: (number | undefined)[] = [];
  return {
    reads,
    read: async ({ limit, before }: { limit: number; before?: number }) => {
      reads.push(before);
      const rest = before === undefined ? all : all.filter(({ sequence }) => sequence < before);
      const page = rest.slice(0, limit);
      return { events: page, next: rest.length > limit ? (page.at(-1)?.sequence ?? null) : null };
    },
  };
}

test('a deed that spans many pages is counted to its end before it is shown', async () => {
  const { read } = libraryOf(events({ action: 'created' }, ...numbers(1000), { action: 'restored' }));
  const activity = await readOn(read);
  expect(activity).toMatchObject({ next: null, isLastOpen: false });
  expect(activity.runs.map((run) => run.events)).toEqual([1, 1000, 1]);
});

test('reading on begins where it ended and shows nothing twice', async () => {
  const apart = Array.from({ length: 500 }, (_, at) => ({ fields: [`${at}`] }));
  const { read } = libraryOf(events(...apart));
  let activity = await readOn(read);
  const first = activity.runs.length;
  expect(first).toBeGreaterThan(30);
  while (activity.next !== null) activity = await readOn(read, activity);
  expect(activity.runs.map(({ newest }) => newest.sequence)).toEqual(
    Array.from({ length: 500 }, (_, at) => 500 - at),
  );
});

test('a deed too long to be counted is shown as far as it was, and said to go on', async () => {
  const { read } = libraryOf(events(...numbers(10_300)));
  const activity = await readOn(read);
  expect(activity).toMatchObject({ isLastOpen: true, runs: [{ events: 10_000 }] });
  expect(await readOn(read, activity)).toMatchObject({ isLastOpen: false, runs: [{ events: 10_300 }] });
});
