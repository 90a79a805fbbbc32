import type { EntityManager } from '@mikro-orm/postgresql';
import { emptyQuery } from '../../shared/query/search-query.ts';
import type { LookAlikes } from '../../shared/schemas/duplicates.ts';
import type { MemoryText } from '../../shared/schemas/memory.ts';
import { isVisible } from '../../shared/schemas/name.ts';
import { EmbedderUnavailableError } from '../embedding/embedder-errors.ts';
import type { Embedder } from '../embedding/embedder.ts';
import { keptContent, keptTitle, type KeptText } from '../memories/kept-text.ts';
import { MemoryRepository } from '../memories/memory.repository.ts';
import { areNearDuplicates, leastSimilarity, overlapOf } from './duplicates-likeness.ts';
import { DuplicatesRepository } from './duplicates.repository.ts';
import { KeywordLeg } from './keyword-leg.ts';
import { tellingWords } from './related-words.ts';
import { SearchRepository } from './search.repository.ts';

export interface DuplicatesOfTextOptions {
  readonly em: EntityManager;
  readonly currentUserId: () => string;
  readonly embedder: Pick<Embedder, 'status' | 'embed'>;
}

/** Nobody compares more at a glance. */
const most = 3;
/** Two of a few words are alike by chance. */
const leastLength = 20;
/** Beyond that somebody writes a book, and only copies are looked for. */
const longest = 20_000;
/** Sure to be one piece to the model; of what is longer, that so many words are the same says enough. */
const onePiece = 600;
/** Whatever shares most of its words is among the first. */
const mostCandidates = 12;

/** What there is already of what somebody is about to write. */
export class DuplicatesOfText {
  readonly #options: DuplicatesOfTextOptions;
  readonly #duplicates: DuplicatesRepository;
  readonly #memories: MemoryRepository;
  readonly #summaries: SearchRepository;
  readonly #keyword: KeywordLeg;

  constructor(options: DuplicatesOfTextOptions) {
    const { em } = options;
    this.#options = options;
    this.#duplicates = new DuplicatesRepository(em);
    this.#memories = new MemoryRepository(em);
    this.#summaries = new SearchRepository(em);
    this.#keyword = new KeywordLeg(em);
  }

  async find({ exceptId, ...typed }: MemoryText): Promise<LookAlikes> {
    const userId = this.#options.currentUserId();
    const text = { title: keptTitle(typed.title), content: keptContent(typed.content) };
    if (text.title === null && !isVisible(text.content)) return [];
    const passedOver = new Set(exceptId === undefined ? [] : [exceptId]);
    if (exceptId !== undefined)
      for (const id of await this.#duplicates.findDistinctFrom(userId, exceptId)) passedOver.add(id);

    const copies = await this.#memories.findSame(userId, text);
    const isCopy = copies.some((id) => !passedOver.has(id));
    const found = isCopy ? copies : await this.#findNear(userId, text);
    const ids = found.filter((id) => !passedOver.has(id)).slice(0, most);
    const summaries = await this.#summaries.findSummaries(userId, ids);
    return ids.flatMap((id) => {
      const memory = summaries.get(id);
      return memory ? [{ memory, isCopy }] : [];
    });
  }

  /** The likest first, by the measure by which kept memories are duplicates of each other. */
  async #findNear(userId: string, text: KeptText): Promise<string[]> {
    const { length } = text.content.trim();
    if (length < leastLength || length > longest) return [];
    const found = await this.#keyword.findByWords(
      tellingWords(text),
      { userId, query: emptyQuery() },
      { limit: mostCandidates },
    );
    // Words like those that were typed are not what was typed.
    if (found.correctedTo || found.hits.length === 0) return [];
    const likenesses = await this.#duplicates.measureText(
      text,
      found.hits.map(({ memoryId }) => memoryId),
    );
    const alike = likenesses
      .filter((likeness) => areNearDuplicates({ ...likeness, similarity: 1 }))
      .toSorted((a, b) => overlapOf(b) - overlapOf(a))
      .map(({ memoryId }) => memoryId);
    if (alike.length === 0 || length > onePiece) return alike;
    const far = await this.#farInMeaning(text, alike);
    return alike.filter((id) => !far.has(id));
  }

  /** Those that say something else with nearly the same words; none of which the meaning is not known. */
  async #farInMeaning({ title, content }: KeptText, ids: readonly string[]): Promise<ReadonlySet<string>> {
    const { embedder } = this.#options;
    const { state, model } = embedder.status();
    if (state !== 'ready' || !model) return new Set();
    try {
      const text = title === null ? content : `${title}\n${content}`;
      const [vector] = await embedder.embed([text], { priority: 'query' });
      // The worker may have come back with another model meanwhile.
      if (!vector || embedder.status().model?.revision !== model.revision) return new Set();
      const compared = await this.#duplicates.compareVector(model, vector, ids);
      return new Set(
        compared.flatMap(({ memoryId, similarity }) => (similarity > leastSimilarity ? [] : [memoryId])),
      );
    } catch (error) {
      if (error instanceof EmbedderUnavailableError) return new Set();
      throw error;
    }
  }
}
