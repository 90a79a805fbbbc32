/** Reciprocal rank fusion, for those who have none of their own. */
export function fuseRanks(lists, limit, k = 60) {
  const scores = new Map();
  for (const list of lists)
    for (const [rank, id] of list.entries()) scores.set(id, (scores.get(id) ?? 0) + 1 / (k + rank + 1));
  return [...scores]
    .toSorted((a, b) => b[1] - a[1])
    .slice(0, limit)
    .map(([id]) => id);
}

/** How many each leg brings. */
export const legSize = 50;
