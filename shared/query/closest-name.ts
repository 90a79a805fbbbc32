/** The name that was meant, if one is but a slip or two away. */
export function closestName(typed: string, names: readonly string[]): string | undefined {
  if (typed.length > 30) return undefined;
  const [best] = names
    .map((name) => ({ name, slips: name.startsWith(typed) ? 0 : slipsBetween(typed, name) }))
    .toSorted((a, b) => a.slips - b.slips);
  return best && best.slips <= Math.min(2, typed.length - 1) ? best.name : undefined;
}

/** Levenshtein's distance. */
function slipsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const above = row;
    row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const exchanged = (above[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(exchanged, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
  }
  return row.at(-1) ?? 0;
}
