/** How much two memories are alike. */
export interface Likeness {
  readonly memoryId: string;
  readonly otherId: string;
  /** Cosine between the means of all of their pieces. */
  readonly similarity: number;
  /** Of all words of both, numbers included, how many both have, each as often as it stands there. */
  readonly shared: number;
  readonly total: number;
  /** Numbers that only one of them has. */
  readonly numbers: number;
  readonly otherNumbers: number;
}

/**
 * Measured on 4,000 sentences and 250 abstracts of SciFact and on notes: pairs over 0.95 that say different things share
 * at most 0.53 of their words, and paraphrases 0.63; the one pair of two authors who say the same shares 0.79. With
 * these two, 85 % of sentences that lost a word are found again, 97 % or more of abstracts with a typing error, three
 * other words or a sentence more, and three quarters of those without one of their sentences.
 */
export const leastSimilarity = 0.95;
export const leastOverlap = 0.7;
/** What a template makes of other numbers is another note: this week's kilometres, next month's rent. */
const mostOtherNumbers = 0.02;

export const overlapOf = ({ shared, total }: Pick<Likeness, 'shared' | 'total'>): number =>
  total > 0 ? shared / total : 1;

export function areNearDuplicates(likeness: Omit<Likeness, 'memoryId' | 'otherId'>): boolean {
  const { similarity, total, numbers, otherNumbers } = likeness;
  const isTemplate =
    Math.min(numbers, otherNumbers) > 0 && Math.max(numbers, otherNumbers) > mostOtherNumbers * total;
  return similarity > leastSimilarity && overlapOf(likeness) >= leastOverlap && !isTemplate;
}
