import type { DuplicateList } from '../../../shared/schemas/duplicates.ts';
import type { Pair } from '../../navigation/place.ts';

export type LookAlikeGroup = DuplicateList['groups'][number];

export interface LookAlikePair {
  readonly pair: Pair;
  readonly group: LookAlikeGroup;
}

/** In the order of the list; of more than two, each with the one that is best kept. */
export function pairsOf(groups: readonly LookAlikeGroup[]): LookAlikePair[] {
  return groups.flatMap((group) => {
    const [best, ...others] = group.memories;
    return best ? others.map(({ id }) => ({ pair: [best.id, id] as const, group })) : [];
  });
}

export const keyOfPair = ([left, right]: Pair): string => `${left},${right}`;

/** Where a pair is in the list, whichever of the two stands first there; -1 when it is not. */
export function placeOf(pairs: readonly LookAlikePair[], [left, right]: Pair): number {
  return pairs.findIndex(({ pair: [a, b] }) => (a === left && b === right) || (a === right && b === left));
}
