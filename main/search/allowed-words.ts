import { vectorOf } from './keyword-plan.ts';
import { phraseConditions, type UnderstoodWords } from './keyword-search.ts';
import type { FurtherCondition } from './search-filter.ts';

/** What is in quotes has to be there, and what has a minus must not, for whoever does not look for words; if there is any. */
export function allowedWords(understood: UnderstoodWords): FurtherCondition | undefined {
  const { terms, plan } = understood;
  if (plan.excludedIds.length + terms.required.length + terms.excludedPhrases.length === 0) return undefined;
  const { required, excludedPhrases } = terms;
  return {
    key: JSON.stringify(['words', plan.excludedIds, required, excludedPhrases]),
    sql: (parameters) => {
      const conditions = phraseConditions(understood, parameters);
      if (plan.excludedIds.length > 0)
        conditions.unshift(`(c.weights <#> ${parameters.add(vectorOf(plan.excludedIds))}::sparsevec) = 0`);
      return `exists (select from memory_word_weight c where ${['c.memory_id = m.id', ...conditions].join(' and ')} offset 0)`;
    },
  };
}
