import type { Settings } from '../../shared/schemas/settings.ts';
import { type FusionTuning, usualTuning } from './fusion.ts';

type Wishes = Pick<Settings, 'search.leaning' | 'search.importance' | 'search.recency' | 'search.strictness'>;

/** As far as a wish moves the weight of words; with its bounds, so that the ends are words or meaning alone. */
const mostShift = 0.9;
/** Twice as near, or not at all. */
const mostStrictness = 1;

/** What was measured to be best, moved as far as a person wants it. */
export function tuningOf(wishes: Wishes): FusionTuning {
  const shift = -wishes['search.leaning'] * mostShift;
  const bounded = (weight: number) => Math.min(1, Math.max(0, weight + shift));
  const strictness = 1 + wishes['search.strictness'] * mostStrictness;
  return {
    ...usualTuning,
    wordWeight: usualTuning.wordWeight + shift,
    leastWordWeight: bounded(usualTuning.leastWordWeight),
    mostWordWeight: bounded(usualTuning.mostWordWeight),
    importance: usualTuning.importance * wishes['search.importance'],
    recency: usualTuning.recency * wishes['search.recency'],
    floor: usualTuning.floor * strictness,
    floorGrowth: usualTuning.floorGrowth * strictness,
  };
}
