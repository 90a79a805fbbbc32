import type { EntityManager } from '@mikro-orm/postgresql';
import type {
  Coverage,
  CoverageCluster,
  MemorySuggestions,
  MemorySuggestionsRequest,
  Recommendation,
  RecommendationRequest,
  Recommendations,
} from '../../shared/schemas/specialization-search.ts';
import { textsNow } from '../../shared/texts/index.ts';
import type { Embedder } from '../embedding/embedder.ts';
import { notFound } from '../errors/loci-error.ts';
import { KeywordLeg } from '../search/keyword-leg.ts';
import { findComparingModel, type ComparingModel } from '../search/related-model.ts';
import { tellingWords, type TitledText } from '../search/related-words.ts';
import { RelatedRepository } from '../search/related.repository.ts';
import { SearchRepository } from '../search/search.repository.ts';
import { MemorySuggestionRepository, type NearestLinked } from './memory-suggestions.repository.ts';
import { MemoryVectorRepository } from './memory-vectors.repository.ts';
import { SpecializationListRepository } from './specialization-list.repository.ts';
import {
  anySpecialization,
  type RankedSpecialization,
  type SpecializationSearch,
} from './specialization-search.ts';
import { tellingTopics } from './telling-topics.ts';
import { groupVectors, nearness, type VectorGroup } from './vector-groups.ts';

export interface SpecializationAdviceOptions {
  readonly em: EntityManager;
  readonly currentUserId: () => string;
  readonly embedder: Pick<Embedder, 'status'>;
  readonly search: Pick<SpecializationSearch, 'rank' | 'embed'>;
}

/** Of a hundred notes about different things, one pair in a hundred is nearer. */
const leastNearness = 0.35;
/** What is recommended is used without a look at the others: it must be nearer than what is merely shown. */
const leastForAdvice = 0.3;
const mostOthers = 4;
const mostWords = 8;
/** The latest memories; to compare these takes about a second. */
const mostLookedAt = 3000;
const mostClusters = 24;
const leastCluster = 3;
/** To the middle of its cluster. What is farther is about something else. */
const leastTypical = 0.4;
const mostOfCluster = 200;
/** Their words are looked at. */
const mostTexts = 60;

/** What belongs where: memories for a specialization, a specialization for a memory, and memories without any. */
export class SpecializationAdvice {
  readonly #options: SpecializationAdviceOptions;
  readonly #near: MemorySuggestionRepository;
  readonly #vectors: MemoryVectorRepository;
  readonly #rows: SpecializationListRepository;
  readonly #memories: SearchRepository;
  readonly #texts: RelatedRepository;
  readonly #keyword: KeywordLeg;

  constructor(options: SpecializationAdviceOptions) {
    const { em } = options;
    this.#options = options;
    this.#near = new MemorySuggestionRepository(em);
    this.#vectors = new MemoryVectorRepository(em);
    this.#rows = new SpecializationListRepository(em);
    this.#memories = new SearchRepository(em);
    this.#texts = new RelatedRepository(em);
    this.#keyword = new KeywordLeg(em);
  }

  async suggestMemories({ id, limit }: MemorySuggestionsRequest): Promise<MemorySuggestions> {
    const { em, embedder, currentUserId } = this.#options;
    const userId = currentUserId();
    const [text, model] = await Promise.all([
      this.#near.findText(userId, id),
      findComparingModel(em, embedder),
    ]);
    if (!text) throw notFound('specialization');
    if (!model) return { waiting: true, suggestions: [] };
    const near = await this.#near.findNear(userId, id, model, limit);
    if (near.length === 0) return { waiting: await this.#isWaiting(userId, id), suggestions: [] };
    const close = near.filter(({ similarity }) => similarity >= leastNearness);
    const ids = close.map((each) => each.id);
    const [summaries, nearest, said] = await Promise.all([
      this.#memories.findSummaries(userId, ids),
      this.#near.findNearestOfEach(id, ids, model),
      this.#keyword.scoreOf(ids, tellingWords(text), userId),
    ]);
    const words = new Map(said.map(({ memoryId, matchedWords }) => [memoryId, matchedWords]));
    return {
      waiting: false,
      suggestions: close.flatMap(({ id: memoryId, similarity, source }) => {
        const memory = summaries.get(memoryId);
        if (!memory) return [];
        const linked = nearest.get(memoryId);
        const isByMemories =
          linked !== undefined && (source === 'memories' || linked.similarity >= similarity);
        return [
          {
            memory,
            closeness: Math.max(similarity, isByMemories ? linked.similarity : 0),
            near: isByMemories ? { id: linked.id, title: linked.title } : null,
            words: [...(words.get(memoryId) ?? [])].slice(0, mostWords),
          },
        ];
      }),
    };
  }

  async coverage(): Promise<Coverage> {
    const { em, embedder, currentUserId } = this.#options;
    const userId = currentUserId();
    const model = await findComparingModel(em, embedder);
    const counts = await this.#vectors.countCovered(userId, model);
    if (!model) return { ...counts, looked: 0, clusters: [], loose: 0 };
    const placed = await this.#vectors.findUncovered(userId, model, mostLookedAt);
    const most = Math.min(mostClusters, Math.ceil(Math.sqrt(placed.length / 2)));
    const kept = clustersOf(await groupVectors(placed, most));
    const clusters = await this.#describe(userId, model, kept);
    const together = kept.reduce((sum, { members }) => sum + members.length, 0);
    return { ...counts, looked: placed.length, clusters, loose: placed.length - together };
  }

  async recommend(request: RecommendationRequest): Promise<Recommendations> {
    const { em, embedder, currentUserId, search } = this.#options;
    const userId = currentUserId();
    const asked =
      'text' in request ? await this.#askText(request.text) : await this.#askMemory(userId, request.memoryId);
    const query = anySpecialization();
    const words = tellingWords(asked.text);
    const ranked = await search.rank(userId, { query, words, embedding: asked.embedding });
    const fitting = ranked.filter(isAdvisable).slice(0, mostOthers + 1);
    const ids = fitting.map(({ id }) => id);
    const model = await findComparingModel(em, embedder);
    const vector = asked.embedding?.vector;
    const [rows, nearest, linked] = await Promise.all([
      this.#rows.findRows(userId, ids),
      model && vector && ids.length > 0
        ? this.#near.findNearestLinked(userId, ids, model, vector)
        : new Map<string, NearestLinked>(),
      'memoryId' in request ? this.#near.isLinked(ids, request.memoryId) : new Set<string>(),
    ]);
    const byId = new Map(rows.map((row) => [row.id, row]));
    const [best = null, ...others] = fitting.flatMap((found): Recommendation[] => {
      const specialization = byId.get(found.id);
      if (!specialization) return [];
      const own = 'memoryId' in request ? request.memoryId : undefined;
      const nearestOne = nearest.get(found.id);
      const near = nearestOne && nearestOne.memoryId !== own ? nearestOne : undefined;
      const isMissing = specialization.status === 'missing';
      return [
        {
          specialization,
          closeness: found.hit.closeness,
          why: whyOf(found, near, isMissing),
          matchedWords: [...found.matchedWords].slice(0, mostWords),
          near: near ? { id: near.memoryId, title: near.title } : null,
          isLinked: linked.has(found.id),
        },
      ];
    });
    return { best, others, meaning: asked.meaning };
  }

  async #askText(text: string) {
    const { embedding, state } = await this.#options.search.embed(text);
    const meaning = state === 'unused' ? 'used' : state;
    return { text: { title: null, content: text } satisfies TitledText, embedding, meaning };
  }

  /** By what is stored of it: no model has to run. */
  async #askMemory(userId: string, memoryId: string) {
    const { em, embedder } = this.#options;
    const text = await this.#texts.findText(userId, memoryId);
    if (!text) throw notFound('memory');
    const model = await findComparingModel(em, embedder);
    const identity = embedder.status().model;
    const vector = model && identity && (await this.#vectors.findOne(userId, memoryId, model));
    const embedding = vector && identity ? { model: identity, vector } : undefined;
    const meaning = embedding ? ('used' as const) : ('loading' as const);
    return { text, embedding, meaning };
  }

  async #isWaiting(userId: string, id: string): Promise<boolean> {
    const [row] = await this.#rows.findRows(userId, [id]);
    return row !== undefined && !(await this.#near.hasMeaning(id));
  }

  async #describe(
    userId: string,
    model: ComparingModel,
    groups: readonly VectorGroup[],
  ): Promise<CoverageCluster[]> {
    const samples = groups.map(({ members }) => members.slice(0, mostTexts).map(({ id }) => id));
    const texts = await this.#near.findTopicTexts(userId, samples.flat());
    const topics = await tellingTopics(
      this.#options.em,
      samples.map((ids) => ids.flatMap((id) => texts.get(id) ?? [])),
      mostWords,
    );
    const clusters: CoverageCluster[] = [];
    for (const [index, { centre, members }] of groups.entries()) {
      const near = await this.#near.findNearestSpecialization(userId, model, centre);
      clusters.push({
        size: members.length,
        words: topics[index] ?? [],
        memoryIds: members.slice(0, mostOfCluster).map(({ id }) => id),
        near:
          near && near.similarity >= leastNearness
            ? { id: near.id, name: near.name, closeness: Math.min(1, near.similarity) }
            : null,
      });
    }
    return clusters;
  }
}

/** The largest first. Of groups that are too small, each memory goes where it is near enough; the rest is like no others. */
function clustersOf(groups: readonly VectorGroup[]): VectorGroup[] {
  const large = groups.filter(({ members }) => members.length >= leastCluster);
  const placed = large.map(() => new Array<VectorGroup['members'][number]>());
  for (const each of groups.flatMap(({ members }) => members)) {
    const values = large.map(({ centre }) => nearness(each.vector, centre));
    const nearest = values.indexOf(Math.max(...values));
    const value = values[nearest] ?? -1;
    if (value >= leastTypical) placed[nearest]?.push({ ...each, nearness: value });
  }
  return large
    .map(({ centre }, index) => ({
      centre,
      members: (placed[index] ?? []).toSorted((a, b) => b.nearness - a.nearness || (a.id < b.id ? -1 : 1)),
    }))
    .filter(({ members }) => members.length >= leastCluster)
    .toSorted((a, b) => b.members.length - a.members.length || compare(a, b));
}

const compare = (a: VectorGroup, b: VectorGroup): number =>
  (a.members[0]?.id ?? '') < (b.members[0]?.id ?? '') ? -1 : 1;

function isAdvisable({ hit, meaning, words }: RankedSpecialization): boolean {
  if (!hit.isRelevant) return false;
  return (meaning?.cosine ?? 0) >= leastForAdvice || (words !== undefined && words.coverage > 0.5);
}

function whyOf(
  { meaning, matchedWords }: RankedSpecialization,
  near: NearestLinked | undefined,
  isMissing: boolean,
): string {
  const texts = textsNow();
  const isAbout = meaning !== undefined && meaning.cosine >= leastForAdvice;
  const why = texts.specializations.reason.advice(
    isAbout ? meaning.source : null,
    isAbout && near && near.similarity >= leastForAdvice ? near.title : null,
    matchedWords.slice(0, 3),
  );
  return isMissing ? `${why} ${texts.specializations.reason.cannotBeFound}` : why;
}
