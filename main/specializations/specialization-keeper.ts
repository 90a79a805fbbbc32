import type { EntityManager } from '@mikro-orm/postgresql';
import { inTransaction } from '../database/transaction.ts';
import { EmbedderUnavailableError } from '../embedding/embedder-errors.ts';
import type { Embedder } from '../embedding/embedder.ts';
import { Pace } from '../jobs/pace.ts';
import type { Log } from '../logging/log.ts';
import { MemoryVectorRepository } from './memory-vectors.repository.ts';
import {
  type QueuedSpecialization,
  SpecializationKeeperRepository,
  type SpecializationMeaning,
} from './specialization-keeper.repository.ts';
import { tellingTopics } from './telling-topics.ts';
import { groupVectors } from './vector-groups.ts';

export interface SpecializationKeeperOptions {
  readonly em: EntityManager;
  readonly embedder: Embedder;
  readonly inContext: <T>(work: () => Promise<T>) => Promise<T>;
  readonly log: Log;
}

const everyMs = 500;
/** After something went wrong, and for what another app on the same server has written. */
const laterMs = 30_000;
const batchSize = 16;
/** Of a long description so many pieces are read. */
const mostPieces = 6;
/** Of its memories so many are looked at, and so many themes are told apart. */
const mostMemories = 600;
const mostThemes = 6;
const mostTexts = 200;
const mostTopics = 12;

/**
 * Keeps what specializations are found by: the meanings of what they say and of what their memories are about, and the
 * words these have in common. The database is the queue: nothing is lost whatever ends in the middle, and of another
 * model everything is missing.
 */
export class SpecializationKeeper {
  readonly #options: SpecializationKeeperOptions;
  readonly #repository: SpecializationKeeperRepository;
  readonly #vectors: MemoryVectorRepository;
  readonly #pace: Pace;
  readonly #stopListening: () => void;
  readonly #stopping = new AbortController();
  /** What the model cannot read; tried again after the next start. */
  readonly #unreadable = new Set<string>();
  #later: NodeJS.Timeout | undefined;

  constructor(options: SpecializationKeeperOptions) {
    this.#options = options;
    this.#repository = new SpecializationKeeperRepository(options.em);
    this.#vectors = new MemoryVectorRepository(options.em);
    this.#pace = new Pace(everyMs, () => this.#work());
    this.#stopListening = options.embedder.onStatus(({ state }) => {
      if (state === 'ready') this.wake();
    });
    this.wake();
  }

  /** To be told whenever something was written or embedded; what is told for nothing costs little. */
  wake(): void {
    this.#pace.ask();
  }

  /** Until nothing is left to do. */
  async keepUp(): Promise<void> {
    const { embedder } = this.#options;
    for (;;) {
      const { state, model } = embedder.status();
      if (state !== 'ready' || !model || this.#stopping.signal.aborted) return;
      const modelId = await this.#repository.findModelId(model);
      if (modelId === undefined) return;
      const queued = await this.#repository.findQueued(modelId, [...this.#unreadable], batchSize);
      if (queued.length === 0) return;
      const meanings = await this.#readAll(queued);
      if (embedder.status().model?.revision !== model.revision) continue;
      for (const each of queued) {
        const own = meanings.get(each.id);
        if (own) await this.#keep(each, { id: modelId, dimension: model.dimension }, own);
      }
    }
  }

  async stop(): Promise<void> {
    this.#stopping.abort(new Error('stopped'));
    this.#stopListening();
    clearTimeout(this.#later);
    await this.#pace.stop();
  }

  async #work(): Promise<void> {
    const { inContext, log } = this.#options;
    clearTimeout(this.#later);
    try {
      await inContext(() => this.keepUp());
    } catch (error) {
      if (this.#stopping.signal.aborted) return;
      if (!(error instanceof EmbedderUnavailableError))
        log.error('What specializations are found by could not be kept up', error);
    }
    if (this.#stopping.signal.aborted) return;
    this.#later = setTimeout(() => this.wake(), laterMs);
    this.#later.unref();
  }

  /** One that makes the model fail does not stand in the way of the others. */
  async #readAll(
    queued: readonly QueuedSpecialization[],
  ): Promise<Map<string, readonly SpecializationMeaning[]>> {
    try {
      const meanings = await this.#read(queued);
      return new Map(queued.map(({ id }, index) => [id, meanings[index] ?? []]));
    } catch (error) {
      if (!(error instanceof EmbedderUnavailableError) || error.reason !== 'failed') throw error;
      const [only] = queued;
      if (only && queued.length === 1) {
        this.#options.log.error('A specialization could not be embedded', error);
        this.#unreadable.add(only.id);
        return new Map();
      }
      const each = new Map<string, readonly SpecializationMeaning[]>();
      for (const one of queued)
        for (const [id, meanings] of await this.#readAll([one])) each.set(id, meanings);
      return each;
    }
  }

  /** What each says of itself. */
  async #read(queued: readonly QueuedSpecialization[]): Promise<SpecializationMeaning[][]> {
    const { embedder } = this.#options;
    const { signal } = this.#stopping;
    const described = queued.filter(({ description }) => description.trim() !== '');
    const cuts = await embedder.cut(
      described.map((each) => ({ title: headOf(each), text: each.description })),
      { signal },
    );
    const texts = queued.map((each) => {
      const head = headOf(each);
      const place = described.indexOf(each);
      const pieces = (cuts[place] ?? [])
        .slice(0, mostPieces)
        .map(({ start, end }) => `${head}\n${each.description.slice(start, end)}`);
      // A name alone often says nothing, and a domain says in a word what the rest is about.
      return pieces.length > 0 && each.domain === '' && each.tags.length === 0 ? pieces : [head, ...pieces];
    });
    const vectors = await embedder.embed(texts.flat(), { signal });
    let place = 0;
    return texts.map((own) =>
      own.flatMap(() => {
        const vector = vectors[place++];
        return vector ? [{ source: 'description' as const, vector }] : [];
      }),
    );
  }

  async #keep(
    queued: QueuedSpecialization,
    model: { readonly id: number; readonly dimension: number },
    own: readonly SpecializationMeaning[],
  ): Promise<void> {
    const { em } = this.#options;
    const placed = await this.#vectors.findLinked(queued.id, model, mostMemories);
    const themes = await groupVectors(
      placed,
      Math.min(mostThemes, Math.ceil(placed.length / 3)),
      this.#stopping.signal,
    );
    const [topics = []] = await tellingTopics(
      em,
      [await this.#repository.findTexts(queued.id, mostTexts)],
      mostTopics,
    );
    const meanings = [
      ...own,
      ...themes.map(({ centre }) => ({ source: 'memories' as const, vector: centre })),
    ];
    await inTransaction(em, () => this.#repository.store(queued, model.id, meanings, topics));
  }
}

function headOf({ name, domain, tags }: QueuedSpecialization): string {
  return [name, domain, tags.join(', ')].filter((part) => part !== '').join('. ');
}
