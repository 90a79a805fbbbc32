import type { EntityManager } from '@mikro-orm/postgresql';
import { emptyQuery } from '../../shared/query/search-query.ts';
import type {
  Related,
  RelatedMemory,
  RelatedReason,
  RelatedReasonsRequest,
  RelatedRequest,
} from '../../shared/schemas/search.ts';
import { EmbedderUnavailableError } from '../embedding/embedder-errors.ts';
import type { Embedder } from '../embedding/embedder.ts';
import { sentencesOf, type Span } from '../embedding/sentences.ts';
import { notFound } from '../errors/loci-error.ts';
import { areNearDuplicates, leastOverlap, leastSimilarity } from './duplicates-likeness.ts';
import { DuplicatesRepository } from './duplicates.repository.ts';
import { KeywordLeg } from './keyword-leg.ts';
import { type ComparingModel, findComparingModel } from './related-model.ts';
import { sharedWords, tellingWords, type TitledText } from './related-words.ts';
import { RelatedRepository } from './related.repository.ts';
import { SearchRepository } from './search.repository.ts';

export interface RelatedServiceOptions {
  readonly em: EntityManager;
  readonly currentUserId: () => string;
  readonly embedder: Pick<Embedder, 'status' | 'embed'>;
}

type Found = Omit<RelatedMemory, 'memory' | 'copies'> & { readonly id: string };

const usualLimit = 8;
/** Duplicates and copies of each other are among them, and are left out. */
const spare = 24;
/** Each leaves out what was found to be one of these. */
const mostRounds = 5;
/** Of the nearest pieces. Of a hundred notes about different things, one pair in a hundred is over 0.32. */
const leastNearness = 0.35;
/** By words: of what the memory says, weighed by how rare its words are. One word alone is a coincidence. */
const leastCoverage = 0.05;
const leastWords = 2;
const mostWords = 8;
/** Of a piece; each costs a few milliseconds. */
const mostSentences = 8;
/** A piece is never as long as that. */
const longestPiece = 8_000;

/** What else in the library is about the same as a memory, and by what one can tell. */
export class RelatedService {
  readonly #options: RelatedServiceOptions;
  readonly #related: RelatedRepository;
  readonly #duplicates: DuplicatesRepository;
  readonly #memories: SearchRepository;
  readonly #keyword: KeywordLeg;

  constructor(options: RelatedServiceOptions) {
    const { em } = options;
    this.#options = options;
    this.#related = new RelatedRepository(em);
    this.#duplicates = new DuplicatesRepository(em);
    this.#memories = new SearchRepository(em);
    this.#keyword = new KeywordLeg(em);
  }

  /** By what is stored of their meanings, for which no model has to be running; by words as long as there is nothing. */
  async related({ id, limit = usualLimit }: RelatedRequest): Promise<Related> {
    const { em, embedder, currentUserId } = this.#options;
    const userId = currentUserId();
    const [text, model] = await Promise.all([
      this.#related.findText(userId, id),
      findComparingModel(em, embedder),
    ]);
    if (!text) throw notFound('memory');
    const isEmbedded = model !== undefined && (await this.#related.isEmbedded(id, model));
    const best = isEmbedded
      ? await this.#groupsByMeaning(userId, id, text, model, limit)
      : (await this.#fold(userId, id, await this.#byWords(userId, id, text, limit + spare))).slice(0, limit);
    const summaries = await this.#memories.findSummaries(
      userId,
      best.flatMap(([first]) => first?.id ?? []),
    );
    return {
      by: isEmbedded ? 'meaning' : 'words',
      waiting: !isEmbedded,
      related: best.flatMap(([first, ...copies]) => {
        const memory = first && summaries.get(first.id);
        if (!memory) return [];
        const { id: _id, ...why } = first;
        return [{ memory, ...why, copies: copies.map((copy) => copy.id) }];
      }),
    };
  }

  /** The sentence of each of two pieces that is nearest to the other; nothing while there is no model to ask. */
  async reasons({ id, pairs }: RelatedReasonsRequest): Promise<RelatedReason[]> {
    const { embedder, currentUserId } = this.#options;
    const userId = currentUserId();
    const texts = new Map(
      (await this.#memories.findTexts(userId, [id, ...pairs.map((pair) => pair.id)])).map((text) => [
        text.id,
        text.content,
      ]),
    );
    const own = texts.get(id);
    if (own === undefined) throw notFound('memory');
    const pieces = pairs.flatMap((pair) => {
      const other = texts.get(pair.id);
      if (other === undefined) return [];
      return [{ id: pair.id, own: spansIn(own, pair.own), other, others: spansIn(other, pair.other) }];
    });
    const sought = new Set<string>();
    for (const piece of pieces) {
      for (const span of piece.own) sought.add(textOf(own, span));
      for (const span of piece.others) sought.add(textOf(piece.other, span));
    }
    if (embedder.status().state !== 'ready' || sought.size === 0) return [];
    try {
      const all = [...sought];
      const made = await embedder.embed(all, { priority: 'shown' });
      const vectors = new Map(all.map((text, index) => [text, made[index]]));
      return pieces.flatMap((piece) => {
        let nearest: RelatedReason | undefined;
        for (const span of piece.own) {
          for (const otherSpan of piece.others) {
            const similarity = dot(
              vectors.get(textOf(own, span)),
              vectors.get(textOf(piece.other, otherSpan)),
            );
            if (!nearest || similarity > nearest.similarity)
              nearest = { id: piece.id, own: span, other: otherSpan, similarity };
          }
        }
        return nearest ? [nearest] : [];
      });
    } catch (error) {
      if (error instanceof EmbedderUnavailableError) return [];
      throw error;
    }
  }

  /** What says the same counts once, and not at all if it says what this one says: then others are asked for. */
  async #groupsByMeaning(
    userId: string,
    id: string,
    text: TitledText,
    model: ComparingModel,
    limit: number,
  ): Promise<Found[][]> {
    const without: string[] = [];
    const found: Found[] = [];
    for (let round = 0; ; round++) {
      const { near, duplicates } = await this.#byMeaning(userId, id, text, model, {
        limit: limit + spare,
        without,
      });
      found.push(...near);
      const groups = await this.#fold(userId, id, found);
      const copied = groups.flatMap(([first, ...copies]) => (copies.length > 0 && first ? first.id : []));
      const left = [...duplicates, ...copied].filter((each) => !without.includes(each));
      if (groups.length >= limit || left.length === 0 || round === mostRounds) return groups.slice(0, limit);
      without.push(...left);
      // Their copies are not to be told twice.
      const known = new Set(found.map((each) => each.id));
      without.push(...[...known].filter((each) => !without.includes(each)));
    }
  }

  /** Those that say the very same together, without those that say what the memory itself says. */
  async #fold(userId: string, id: string, found: readonly Found[]): Promise<Found[][]> {
    const facts = await this.#memories.findFacts(userId, [id, ...found.map((each) => each.id)]);
    const keyOf = (each: string) => facts.get(each)?.contentKey;
    const groups = Map.groupBy(
      found.filter((each) => keyOf(each.id) !== keyOf(id)),
      (each) => keyOf(each.id),
    );
    return [...groups.values()];
  }

  async #byMeaning(
    userId: string,
    id: string,
    text: TitledText,
    model: ComparingModel,
    asked: { readonly limit: number; readonly without: readonly string[] },
  ): Promise<{ near: Found[]; duplicates: ReadonlySet<string> }> {
    const near = (await this.#related.findNear(userId, id, model, asked)).filter(
      ({ similarity }) => similarity >= leastNearness,
    );
    const ids = near.map(({ memoryId }) => memoryId);
    const [likenesses, shared] = await Promise.all([
      this.#duplicates.measure(
        model,
        ids.map((otherId) => ({ memoryId: id, otherId })),
        leastSimilarity,
      ),
      this.#keyword.scoreOf(ids, tellingWords(text), userId),
    ]);
    const duplicates = new Set(likenesses.filter(areNearDuplicates).map(({ otherId }) => otherId));
    const words = new Map(shared.map(({ memoryId, matchedWords }) => [memoryId, matchedWords]));
    return {
      duplicates,
      near: near
        .filter(({ memoryId }) => !duplicates.has(memoryId))
        .map(({ memoryId, ...pair }) => ({
          id: memoryId,
          ...pair,
          words: [...(words.get(memoryId) ?? [])].slice(0, mostWords),
        })),
    };
  }

  async #byWords(userId: string, id: string, text: TitledText, limit: number): Promise<Found[]> {
    const found = await this.#keyword.findByWords(
      tellingWords(text),
      { userId, query: emptyQuery() },
      { limit: limit + 1 },
    );
    // Words like those of the memory are not what it is about.
    if (found.correctedTo) return [];
    const near = found.hits.filter(
      ({ memoryId, coverage, matchedWords }) =>
        memoryId !== id && coverage >= leastCoverage && matchedWords.length >= leastWords,
    );
    const texts = new Map(
      await Promise.all(
        near.map(async ({ memoryId }) => [memoryId, await this.#related.findText(userId, memoryId)] as const),
      ),
    );
    return near
      .filter(({ memoryId }) => {
        const other = texts.get(memoryId);
        return other !== undefined && sharedWords(text, other) < leastOverlap;
      })
      .map(({ memoryId, coverage, matchedWords }) => ({
        id: memoryId,
        likeness: coverage,
        similarity: null,
        own: null,
        other: null,
        words: matchedWords.slice(0, mostWords),
      }));
  }
}

function spansIn(text: string, { start, end }: Span): Span[] {
  const from = Math.min(start, text.length);
  const piece = { start: from, end: Math.min(end, text.length, from + longestPiece) };
  return sentencesOf(text, piece).slice(0, mostSentences);
}

const textOf = (text: string, { start, end }: Span): string => text.slice(start, end);

const dot = (a: Float32Array | undefined, b: Float32Array | undefined): number =>
  a && b ? a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0) : -1;
