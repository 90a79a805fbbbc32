/** How well a typed text fits something: the smaller the better, undefined when it does not. Every word of it begins a word there. */
export function fitOf(typed: string, words: string): number | undefined {
  const wanted = wordsIn(typed);
  if (wanted.length === 0) return 0;
  const there = wordsIn(words);
  let worst = 0;
  for (const want of wanted) {
    const at = there.findIndex((word) => word.startsWith(want));
    // Somewhere within, last of all.
    const fit = at >= 0 ? at : words.toLowerCase().includes(want) ? 50 : undefined;
    if (fit === undefined) return undefined;
    worst = Math.max(worst, fit);
  }
  return worst;
}

const wordsIn = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}+?/]+/u)
    .filter((word) => word !== '');

/** What fits, the best first; what fits alike stays in its order. */
export function fitting<T>(typed: string, all: readonly T[], wordsOf: (one: T) => string): readonly T[] {
  return all
    .flatMap((one) => {
      const fit = fitOf(typed, wordsOf(one));
      return fit === undefined ? [] : [{ one, fit }];
    })
    .toSorted((a, b) => a.fit - b.fit)
    .map(({ one }) => one);
}
