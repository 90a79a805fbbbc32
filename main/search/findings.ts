import type { KeywordHit } from './keyword-leg.ts';
import type { QueryEmbedding } from './query-embedding.ts';
import type { SearchFilter } from './search-filter.ts';
import type { RankingParts } from './search-ranking.ts';
import type { MemoryFacts } from './search.repository.ts';
import type { SemanticHit } from './semantic-leg.ts';

/** What is known of memories that a leg has found, beside what this leg says of them. Each is asked about once. */
export class Findings {
  readonly facts = new Map<string, MemoryFacts>();
  readonly words = new Map<string, KeywordHit>();
  readonly meanings = new Map<string, SemanticHit>();
  readonly #asked = { facts: new Set<string>(), words: new Set<string>(), meanings: new Set<string>() };
  readonly #parts: RankingParts;
  readonly #filter: SearchFilter;
  readonly #signal: AbortSignal | undefined;

  constructor(parts: RankingParts, filter: SearchFilter, signal: AbortSignal | undefined) {
    this.#parts = parts;
    this.#filter = filter;
    this.#signal = signal;
  }

  async learnFacts(ids: readonly string[]): Promise<void> {
    const more = unasked(ids, this.#asked.facts);
    if (more.length === 0) return;
    const found = await this.#parts.repository.findFacts(this.#filter.userId, more, this.#signal);
    for (const [id, fact] of found) this.facts.set(id, fact);
  }

  async learnWords(ids: readonly string[]): Promise<void> {
    const more = unasked(ids, this.#asked.words);
    if (more.length === 0) return;
    const { query, userId } = this.#filter;
    for (const hit of await this.#parts.keyword.scoreOf(more, query, userId, this.#signal))
      this.words.set(hit.memoryId, hit);
  }

  async learnMeanings(ids: readonly string[], embedding: QueryEmbedding): Promise<void> {
    const more = unasked(ids, this.#asked.meanings);
    if (more.length === 0) return;
    for (const [id, hit] of await this.#parts.semantic.scoreOf(more, embedding, this.#signal))
      this.meanings.set(id, hit);
  }
}

/** In the order of asking, each once. */
function unasked(ids: readonly string[], asked: Set<string>): string[] {
  return ids.filter((id) => asked.size < asked.add(id).size);
}
