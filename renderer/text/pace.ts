import { textsNow } from '../../shared/texts/index.ts';

/** How far something was, and when. */
export interface Sample {
  readonly atMs: number;
  readonly progress: number;
}

/** Long enough to even out what comes in batches, short enough to notice that the machine is busy. */
const windowMs = 20_000;
/** From less nothing can be told. */
const shortestMs = 2_000;

/** The samples of the last while with this one; going back begins anew. */
export function withSample(samples: readonly Sample[], sample: Sample): readonly Sample[] {
  const last = samples.at(-1);
  if (last && sample.progress < last.progress) return [sample];
  return [...samples.filter(({ atMs }) => sample.atMs - atMs <= windowMs), sample];
}

/** How many a second; undefined as long as nobody can tell. */
export function paceOf(samples: readonly Sample[]): number | undefined {
  const first = samples[0];
  const last = samples.at(-1);
  if (!first || !last || last.atMs - first.atMs < shortestMs) return undefined;
  const pace = ((last.progress - first.progress) / (last.atMs - first.atMs)) * 1000;
  return pace > 0 ? pace : undefined;
}

/** "55 a second", "3 a minute" */
export function saidPace(perSecond: number): string {
  const texts = textsNow();
  return perSecond < 0.95
    ? texts.amounts.perMinute(Math.max(1, Math.round(perSecond * 60)))
    : texts.amounts.perSecond(Math.round(perSecond));
}

/** "about 3 minutes left" */
export function saidTimeLeft(seconds: number): string {
  const texts = textsNow();
  if (seconds < 10) return texts.amounts.fewSecondsLeft;
  if (seconds < 55) return texts.amounts.secondsLeft(Math.ceil(seconds / 10) * 10);
  if (seconds < 90 * 60) return texts.amounts.minutesLeft(Math.round(seconds / 60));
  return texts.amounts.hoursLeft(Math.round(seconds / 3600));
}
