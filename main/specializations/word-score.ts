import type { FoundWords } from './specialization-search.repository.ts';

export interface ScoredWords {
  /** BM25, as a share of the most that the query allows. */
  readonly share: number;
  /** Which share of what the query's words say is there at all: a rare word says more. */
  readonly coverage: number;
  /** Places among the words that were asked for. */
  readonly places: readonly number[];
}

/** As everywhere in Loci. */
const saturation = 1.2;
const lengthShare = 0.75;

/** BM25 of each specialization that has any of the words; `asked`: how many there are. */
export function scoreWords(asked: number, found: FoundWords): Map<string, ScoredWords> {
  const { documents, averageLength, small, matches } = found;
  const all = Array.from({ length: asked }, (_, place) => place);
  const telling = all.filter((place) => small[place] !== true);
  const places = telling.length > 0 ? telling : all;
  const counts = new Map<number, number>();
  for (const { times } of matches)
    for (const [place] of times) counts.set(place, (counts.get(place) ?? 0) + 1);
  const idfs = new Map(
    places.map((place) => {
      const count = counts.get(place) ?? 0;
      return [place, Math.log(1 + (documents - count + 0.5) / (count + 0.5))];
    }),
  );
  const most = [...idfs.values()].reduce((sum, idf) => sum + idf, 0);
  const scored = matches.flatMap(({ id, length, times }) => {
    const own = times.filter(([place]) => idfs.has(place));
    if (own.length === 0 || most <= 0) return [];
    let score = 0;
    let said = 0;
    for (const [place, count] of own) {
      const idf = idfs.get(place) ?? 0;
      const longness = saturation * (1 - lengthShare + (lengthShare * length) / averageLength);
      score += (idf * (saturation + 1) * count) / (count + longness);
      said += idf;
    }
    const words = {
      share: Math.min(1, score / ((saturation + 1) * most)),
      coverage: Math.min(1, said / most),
      places: own.map(([place]) => place),
    };
    return [[id, words] as const];
  });
  return new Map(scored);
}
