export interface Quality {
  readonly ndcg10: number;
  readonly mrr10: number;
  readonly recall10: number;
  readonly recall100: number;
}

/** @param found the documents in their order; @param judged of each how relevant it is, zero for not at all */
export function qualityOf(found: readonly string[], judged: ReadonlyMap<string, number>): Quality {
  const relevant = [...judged].filter(([, relevance]) => relevance > 0);
  const unique = [...new Set(found)];
  const relevances = unique.map((id) => Math.max(0, judged.get(id) ?? 0));
  const ideal = relevant.map(([, relevance]) => relevance).toSorted((a, b) => b - a);
  const first = relevances.slice(0, 10).findIndex((relevance) => relevance > 0);
  const recall = (depth: number) =>
    relevances.slice(0, depth).filter((relevance) => relevance > 0).length / Math.max(1, relevant.length);
  return {
    ndcg10: relevant.length === 0 ? 0 : gain(relevances) / gain(ideal),
    mrr10: first < 0 ? 0 : 1 / (first + 1),
    recall10: recall(10),
    recall100: recall(100),
  };
}

export function meanOf(qualities: readonly Quality[]): Quality {
  const mean = (part: (quality: Quality) => number) =>
    qualities.reduce((sum, quality) => sum + part(quality), 0) / Math.max(1, qualities.length);
  return {
    ndcg10: mean(({ ndcg10 }) => ndcg10),
    mrr10: mean(({ mrr10 }) => mrr10),
    recall10: mean(({ recall10 }) => recall10),
    recall100: mean(({ recall100 }) => recall100),
  };
}

/** How likely one of `these` is above one of `those`: a half means that they cannot be told apart. */
export function areaUnderCurve(these: readonly number[], those: readonly number[]): number {
  let above = 0;
  for (const a of these) for (const b of those) above += a > b ? 1 : a === b ? 0.5 : 0;
  return above / Math.max(1, these.length * those.length);
}

const gain = (relevances: readonly number[]): number =>
  relevances.slice(0, 10).reduce((sum, relevance, rank) => sum + relevance / Math.log2(rank + 2), 0);
