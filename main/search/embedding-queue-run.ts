import { createHash } from 'node:crypto';
import { EmbedderUnavailableError } from '../embedding/embedder-errors.ts';
import type { Embedder } from '../embedding/embedder.ts';
import type { Log } from '../logging/log.ts';
import type { ChunkRepository, CutText, QueueScope, UncutText } from './chunk.repository.ts';
import type { Chunker, TextPiece } from './chunking.ts';
import { type EmbeddingRequest, planRequests, takeWithin } from './embedding-queue-requests.ts';
import type { EmbeddingQueueRepository, WaitingPiece } from './embedding-queue.repository.ts';

/** What is read from the library at once: some seconds of work, so that what is new need not wait for long. */
const windowLimits = { pieces: 256, tokens: 12_288, bytes: 4 * 1024 * 1024 };
/** Half a second of work. Larger would be lost with a crash; smaller would cost more than it saves. */
const requestLimits = { tokens: 2048, pieces: 128 };
/** The model has the next request at hand when it has done one. */
const requestsAtOnce = 2;
/** What comes in while a window is worked on makes it outdated; not at once, when much comes in. */
const shortestWindowMs = 500;
/** The same process serves the window: it gets its turn so often while texts are cut. */
const longestTurnMs = 8;
const firstRetryMs = 5_000;
const longestRetryMs = 6 * 60 * 60 * 1000;

export interface EmbeddingRunOptions {
  readonly queue: EmbeddingQueueRepository;
  readonly chunks: ChunkRepository;
  readonly modelId: number;
  readonly chunker: Chunker;
  readonly embedder: Embedder;
  readonly log: Log;
  /** Aborted when the app quits: what the model has under way is given up. */
  readonly signal: AbortSignal;
  /** What is on the screen; those that turn out to have nothing to do are taken out. */
  readonly hurried: Set<string>;
  /** True once for each time that something may have come in. */
  readonly takeNews: () => boolean;
  readonly mustRest: () => boolean;
  readonly onStored: () => void;
}

/** Works through the queue with one model on one connection, until nothing is left or it has to rest. */
export class EmbeddingRun {
  readonly #options: EmbeddingRunOptions;
  readonly #underWay = new Set<Promise<void>>();
  readonly #idsUnderWay = new Set<string>();
  #isSuspectUnderWay = false;
  #error: unknown;

  constructor(options: EmbeddingRunOptions) {
    this.#options = options;
  }

  /** @returns whether nothing is left that can be done now */
  async finish(): Promise<boolean> {
    const { mustRest, takeNews } = this.#options;
    let requests: EmbeddingRequest[] = [];
    let readAtMs = -Infinity;
    try {
      while (!mustRest() && this.#error === undefined) {
        if (requests.length === 0 || (performance.now() - readAtMs > shortestWindowMs && takeNews())) {
          // What is under way while it is read may fail, and is to be read again then.
          const isAll = this.#underWay.size === 0;
          requests = planRequests(await this.#readWindow(), requestLimits);
          readAtMs = performance.now();
          if (requests.length === 0 && isAll) return !mustRest();
        }
        const [next] = requests;
        if (!next || this.#isFullFor(next)) {
          // A race of none would never end.
          if (this.#underWay.size > 0) await Promise.race(this.#underWay);
          continue;
        }
        requests.shift();
        this.#start(next);
      }
    } finally {
      await Promise.all(this.#underWay);
    }
    if (this.#error !== undefined) throw this.#error;
    return false;
  }

  #isFullFor({ isSuspect }: EmbeddingRequest): boolean {
    if (isSuspect || this.#isSuspectUnderWay) return this.#underWay.size > 0;
    return this.#underWay.size >= requestsAtOnce;
  }

  #start(request: EmbeddingRequest): void {
    const ids = request.pieces.map(({ id }) => id);
    for (const id of ids) this.#idsUnderWay.add(id);
    this.#isSuspectUnderWay = request.isSuspect;
    const work = this.#embed(request)
      .catch((error: unknown) => {
        this.#error ??= error;
      })
      .finally(() => {
        for (const id of ids) this.#idsUnderWay.delete(id);
        this.#underWay.delete(work);
        if (request.isSuspect) this.#isSuspectUnderWay = false;
      });
    this.#underWay.add(work);
  }

  /** First what is on the screen, then the library, each with the newest first, and the trash last of all. */
  async #readWindow(): Promise<WaitingPiece[]> {
    const { hurried } = this.#options;
    if (hurried.size > 0) {
      const memoryIds = [...hurried];
      const found = await this.#readScope({ memoryIds });
      if (found.length > 0) return found;
      if (this.#underWay.size === 0) for (const id of memoryIds) hurried.delete(id);
    }
    const found = await this.#readScope({ trashed: false });
    return found.length > 0 ? found : this.#readScope({ trashed: true });
  }

  async #readScope(scope: QueueScope): Promise<WaitingPiece[]> {
    const { queue, modelId, mustRest } = this.#options;
    await this.#cut(scope);
    if (mustRest()) return [];
    const ids = [...this.#idsUnderWay];
    return takeWithin(await queue.findWaiting(modelId, scope, ids, windowLimits.pieces), windowLimits);
  }

  /** Cuts as many texts as make a window, so that there is always something to embed and never much in memory. */
  async #cut(scope: QueueScope): Promise<void> {
    const { chunks, modelId, mustRest } = this.#options;
    for (let tokens = 0; tokens < windowLimits.tokens && !mustRest();) {
      const texts = await chunks.findUncut(modelId, scope, windowLimits.bytes);
      if (texts.length === 0) return;
      const cuts: CutText[] = [];
      let pieces = 0;
      for (const text of texts) {
        const cut = await this.#cutOne(text);
        tokens += cut.pieces.reduce((sum, piece) => sum + piece.tokens, 0);
        pieces += cut.pieces.length;
        cuts.push(cut);
        if (tokens >= windowLimits.tokens || pieces >= windowLimits.pieces) break;
      }
      await chunks.replacePieces(modelId, cuts);
    }
  }

  async #cutOne({ memoryId, queuedAt, title, text }: UncutText): Promise<CutText> {
    const pieces: TextPiece[] = [];
    let turnBeganMs = performance.now();
    for (const piece of this.#options.chunker.pieces({ title, text })) {
      pieces.push(piece);
      if (performance.now() - turnBeganMs < longestTurnMs) continue;
      await new Promise(setImmediate);
      turnBeganMs = performance.now();
    }
    return { memoryId, queuedAt, pieces };
  }

  async #embed({ pieces: asked }: EmbeddingRequest): Promise<void> {
    const { queue, modelId, embedder, signal, onStored } = this.#options;
    const { pieces, texts } = await this.#readTexts(asked);
    if (pieces.length === 0) return;
    let vectors: Float32Array[];
    try {
      vectors = await embedder.embed(texts, { signal });
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof EmbedderUnavailableError)) throw error;
      await this.#noteFailure(pieces, error);
      onStored();
      return;
    }
    const embedded = pieces.flatMap(({ id }, i) => {
      const vector = vectors[i];
      return vector ? [{ id, vector }] : [];
    });
    await queue.store(modelId, embedded);
    onStored();
  }

  async #readTexts(asked: readonly WaitingPiece[]): Promise<{ pieces: WaitingPiece[]; texts: string[] }> {
    const { queue, chunks, chunker, modelId } = this.#options;
    const memories = await queue.findTexts([...new Set(asked.map(({ memoryId }) => memoryId))]);
    const pieces: WaitingPiece[] = [];
    const texts: string[] = [];
    const outdated = new Set<string>();
    for (const piece of asked) {
      const memory = memories.get(piece.memoryId);
      // Purged meanwhile.
      if (!memory) continue;
      const text = chunker.embeddedText(memory, piece);
      if (createHash('sha256').update(text).digest().equals(piece.textHash)) {
        pieces.push(piece);
        texts.push(text);
      } else outdated.add(piece.memoryId);
    }
    // Changed meanwhile, or cut by an app that did it otherwise.
    if (outdated.size > 0) await chunks.cutAgain(modelId, [...outdated]);
    return { pieces, texts };
  }

  async #noteFailure(pieces: readonly WaitingPiece[], error: EmbedderUnavailableError): Promise<void> {
    const { queue, log } = this.#options;
    // Not what these texts are about: there is no model any more.
    if (error.reason !== 'failed' && error.reason !== 'crashed') return;
    const [piece] = pieces;
    if (!piece || pieces.length > 1 || piece.attempts === 0) {
      await queue.suspect(pieces.map(({ id }) => id));
      return;
    }
    const retryAfterMs = Math.min(firstRetryMs * 5 ** (piece.attempts - 1), longestRetryMs);
    log.error('A piece of a memory could not be embedded', error, { attempts: piece.attempts, retryAfterMs });
    await queue.fail(piece.id, error.message, retryAfterMs);
  }
}
