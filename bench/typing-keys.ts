import type { TraceEvent } from './trace.ts';
import type { Answered, Mark } from './typing-probe.ts';

/** One key and what became of it; milliseconds from when it was pressed. */
export interface Key {
  readonly text: string;
  /** Until a frame showed what was found for it; undefined if it was given up for a later one. */
  readonly settledMs?: number | undefined;
  /** The same, or what was found by words alone. */
  readonly firstMs?: number | undefined;
  /** Until a frame showed what was found for it or for a later one. */
  readonly anyMs?: number | undefined;
  readonly isCancelled: boolean;
  readonly spent?: Spent | undefined;
}

/** Where the time of a key goes, one part after the other; those of main overlap within `main`. */
export interface Spent {
  /** Until main begins: the page's own work, and the way. */
  readonly toMain: number;
  readonly words: number;
  readonly embedding: number;
  readonly meaning: number;
  readonly ranking: number;
  readonly main: number;
  /** The way back, and React. */
  readonly toList: number;
  /** Style, layout, painting. */
  readonly toFrame: number;
}

interface Noted {
  readonly answered: readonly Answered[];
  readonly marks: readonly Mark[];
}

/** The keys of one query, by what the trace and the probes noted. */
export function keysOf(events: readonly TraceEvent[], { answered, marks }: Noted): Key[] {
  const drawnAfter = (ts: number): number | undefined => {
    const commit = events.find((event) => event.name === 'Commit' && event.ts >= ts);
    const activated =
      commit && events.find((event) => event.name === 'ActivateLayerTree' && event.ts >= commit.ts);
    return activated && events.find((event) => event.name === 'DrawFrame' && event.ts >= activated.ts)?.ts;
  };
  const traced = events.filter(({ name }) => /^(?:key|found|words) /.test(name));
  const shown = traced
    .filter(({ name }) => !name.startsWith('key '))
    .map(({ name, ts }) => ({ name, drawn: drawnAfter(ts) }));
  const pressed = traced.filter(({ name }) => name.startsWith('key '));
  return pressed.map(({ name, ts }, turn) => {
    const text = name.slice('key '.length);
    const next = pressed[turn + 1]?.ts ?? Number.POSITIVE_INFINITY;
    const since = (drawn: number | undefined) => (drawn === undefined ? undefined : (drawn - ts) / 1_000);
    const later = new Set(pressed.slice(turn).map((each) => each.name.slice('key '.length)));
    const frameOf = (isMeant: (shown: string) => boolean) =>
      since(shown.find((each) => isMeant(each.name) && (each.drawn ?? 0) >= ts)?.drawn);
    const settledMs = frameOf((each) => each === `found ${text}`);
    const answer = answered.find((each) => each.by === 'both' && each.text === text);
    return {
      text,
      settledMs,
      firstMs: frameOf((each) => each === `found ${text}` || each === `words ${text}`),
      anyMs: frameOf((each) => later.has(each.slice('found '.length))),
      isCancelled: settledMs === undefined && next < Number.POSITIVE_INFINITY,
      spent: settledMs === undefined ? undefined : spentOn(text, { marks, answer, settledMs }),
    };
  });
}

function spentOn(
  text: string,
  { marks, answer, settledMs }: { marks: readonly Mark[]; answer: Answered | undefined; settledMs: number },
): Spent | undefined {
  const markedAt = (kind: string) => marks.find(({ name }) => name === `${kind} ${text}`)?.at;
  const [key, found] = [markedAt('key'), markedAt('found')];
  if (!answer || key === undefined || found === undefined) return undefined;
  const { words = 0, embedding = 0, meaning = 0, ranking = 0 } = answer.ms;
  return {
    toMain: answer.begun - key,
    words,
    embedding,
    meaning,
    ranking,
    main: answer.ended - answer.begun,
    toList: found - answer.ended,
    toFrame: settledMs - (found - key),
  };
}
