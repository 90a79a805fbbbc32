import { EmbedderUnavailableError } from '../embedding/embedder-errors.ts';
import type { Embedder } from '../embedding/embedder.ts';
import type { PieceText } from '../embedding/worker-protocol.ts';
import type { Log } from '../logging/log.ts';
import type { ChunkRepository, CutText, QueueScope, UncutText } from './chunk.repository.ts';
import { type EmbeddingRequest, planRequests, takeWithin } from './embedding-queue-requests.ts';
import type { EmbeddingQueueRepository, WaitingPiece } from './embedding-queue.repository.ts';

/** What is read from the library at once: some seconds of work, so that what is new need not wait for long. */
const windowLimits = { pieces: 256, tokens: 12_288, bytes: 4 * 1024 * 1024 };
/** What is cut at once, unless a single text is larger: two windows or so, in an instant. */
const cutBytes = 128 * 1024;
/** Half a second of work. Larger would be lost with a crash; smaller would cost more than it saves. */
const requestLimits = { tokens: 2048, pieces: 128 };
/** The model has the next request at hand when it has done one, while the last is being stored. */
const requestsAtOnce = 3;
/** With fewer left of a window the next is read, so that it is there when they are done. */
const fewRequests = 3;
/** What comes in while a window is worked on makes it outdated; not at once, when much comes in. */
const shortestWindowMs = 500;
const firstRetryMs = 5_000;
const longestRetryMs = 6 * 60 * 60 * 1000;

export interface EmbeddingRunOptions {
  readonly queue: EmbeddingQueueRepository;
  readonly chunks: ChunkRepository;
  readonly modelId: number;
  readonly embedder: Embedder;
  readonly log: Log;
  /** Aborted when the app quits: what the model has under way is given up. */
  readonly signal: AbortSignal;
  /** What is on the screen; those that turn out to have nothing to do are taken out. */
  readonly hurried: Set<string>;
  /** True once for each time that something may have come in. */
  readonly takeNews: () => boolean;
  readonly mustRest: () => boolean;
  /** There is work, before any of it is done. */
  readonly onFound: () => void;
  readonly onStored: () => void;
}

/**
 * Works through the queue with one model on one connection, until nothing is left or it has to rest. While some
 * pieces are embedded, those before are stored, and those after are read and cut.
 */
export class EmbeddingRun {
  readonly #options: EmbeddingRunOptions;
  readonly #underWay = new Set<Promise<void>>();
  /** Of the pieces that are under way or planned. */
  readonly #taken = new Set<string>();
  #planned: EmbeddingRequest[] = [];
  #reading: Promise<void> | undefined;
  #readAtMs = -Infinity;
  #lastFound = 1;
  #isSuspectUnderWay = false;
  /** Nothing was found when nothing was taken: what may still fail would have been found. */
  #isAllDone = false;
  #error: unknown;

  constructor(options: EmbeddingRunOptions) {
    this.#options = options;
  }

  /** @returns whether nothing is left that can be done now */
  async finish(): Promise<boolean> {
    const { mustRest } = this.#options;
    try {
      while (!mustRest() && this.#error === undefined) {
        if (this.#isAllDone) return true;
        this.#readAhead();
        const [next] = this.#planned;
        if (next && !this.#isFullFor(next)) {
          this.#planned.shift();
          this.#start(next);
          continue;
        }
        await Promise.race(this.#reading ? [...this.#underWay, this.#reading] : this.#underWay);
      }
    } finally {
      await this.#reading;
      await Promise.all(this.#underWay);
    }
    if (this.#error !== undefined) throw this.#error;
    return false;
  }

  #isFullFor({ isSuspect }: EmbeddingRequest): boolean {
    if (isSuspect || this.#isSuspectUnderWay) return this.#underWay.size > 0;
    return this.#underWay.size >= requestsAtOnce;
  }

  /** Sees to it that something is planned, and that it is what should come first. */
  #readAhead(): void {
    if (this.#reading) return;
    const isOutdated = performance.now() - this.#readAtMs > shortestWindowMs && this.#options.takeNews();
    const isRunningOut = this.#planned.length < fewRequests;
    // The last of a library: only when they are through it is known that none of them failed.
    const mayFindMore = this.#lastFound > 0 || this.#taken.size === 0;
    if (!isOutdated && !(isRunningOut && mayFindMore)) return;
    if (isOutdated) {
      for (const { pieces } of this.#planned.splice(0)) for (const { id } of pieces) this.#taken.delete(id);
    }
    this.#reading = this.#plan()
      .catch((error: unknown) => {
        this.#error ??= error;
      })
      .finally(() => {
        this.#readAtMs = performance.now();
        this.#reading = undefined;
      });
  }

  async #plan(): Promise<void> {
    const isNothingTaken = this.#taken.size === 0;
    const found = await this.#readWindow();
    this.#lastFound = found.length;
    if (found.length > 0) this.#options.onFound();
    this.#isAllDone = found.length === 0 && isNothingTaken && !this.#options.mustRest();
    for (const { id } of found) this.#taken.add(id);
    this.#planned.push(...planRequests(found, requestLimits));
  }

  #start(request: EmbeddingRequest): void {
    this.#isSuspectUnderWay = request.isSuspect;
    const work = this.#embed(request)
      .catch((error: unknown) => {
        this.#error ??= error;
      })
      .finally(() => {
        for (const { id } of request.pieces) this.#taken.delete(id);
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
      const isNothingTaken = this.#taken.size === 0;
      const found = await this.#readScope({ memoryIds });
      if (found.length > 0) return found;
      if (isNothingTaken) for (const id of memoryIds) hurried.delete(id);
    }
    const found = await this.#readScope({ trashed: false });
    return found.length > 0 ? found : this.#readScope({ trashed: true });
  }

  async #readScope(scope: QueueScope): Promise<WaitingPiece[]> {
    const { queue, modelId, mustRest } = this.#options;
    await this.#cut(scope);
    if (mustRest()) return [];
    const taken = [...this.#taken];
    return takeWithin(await queue.findWaiting(modelId, scope, taken, windowLimits.pieces), windowLimits);
  }

  /** Cuts as many texts as make a window, so that there is always something to embed and never much in memory. */
  async #cut(scope: QueueScope): Promise<void> {
    const { chunks, modelId, mustRest } = this.#options;
    for (let tokens = 0; tokens < windowLimits.tokens && !mustRest();) {
      const texts = await chunks.findUncut(modelId, scope, cutBytes);
      if (texts.length === 0) return;
      const cuts = await this.#cutTexts(texts);
      if (!cuts) return;
      tokens += cuts.flatMap(({ pieces }) => pieces).reduce((sum, piece) => sum + piece.tokens, 0);
      await chunks.replacePieces(modelId, cuts);
    }
  }

  /** Undefined: there is no model any more, or it is closing time. */
  async #cutTexts(texts: readonly UncutText[]): Promise<CutText[] | undefined> {
    const { embedder, signal, chunks, modelId, log } = this.#options;
    try {
      const pieces = await embedder.cut(
        texts.map(({ title, text }) => ({ title, text })),
        { signal },
      );
      return texts.map(({ memoryId, queuedAt }, i) => ({ memoryId, queuedAt, pieces: pieces[i] ?? [] }));
    } catch (error) {
      if (signal.aborted) return undefined;
      if (!(error instanceof EmbedderUnavailableError)) throw error;
      if (!isAboutTexts(error)) return undefined;
      const [text] = texts;
      if (text && texts.length === 1) {
        log.error('A memory could not be cut into pieces', error);
        await chunks.noteUncuttable(modelId, text, error.reason, retryAfterMs);
        return [];
      }
      // One of them may be what fails.
      const cuts: CutText[] = [];
      for (const each of texts) {
        const cut = await this.#cutTexts([each]);
        if (!cut) return undefined;
        cuts.push(...cut);
      }
      return cuts;
    }
  }

  async #embed({ pieces: asked }: EmbeddingRequest): Promise<void> {
    const { queue, chunks, modelId, embedder, signal, onStored } = this.#options;
    const { pieces, texts } = await this.#readTexts(asked);
    if (pieces.length === 0) return;
    let vectors: (Float32Array | undefined)[];
    try {
      vectors = await embedder.embedPieces(texts, { signal });
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
    // Changed meanwhile, or cut by an app that did it otherwise.
    const outdated = pieces.flatMap(({ memoryId }, i) => (vectors[i] ? [] : [memoryId]));
    if (outdated.length > 0) await chunks.cutAgain(modelId, [...new Set(outdated)]);
    onStored();
  }

  /** Those of memories that are still there. */
  async #readTexts(asked: readonly WaitingPiece[]): Promise<{ pieces: WaitingPiece[]; texts: PieceText[] }> {
    const memories = await this.#options.queue.findTexts([...new Set(asked.map(({ memoryId }) => memoryId))]);
    const pieces = asked.filter(({ memoryId }) => memories.has(memoryId));
    const texts = pieces.map(({ memoryId, start, end, textHash }) => {
      const { title = null, text = '' } = memories.get(memoryId) ?? {};
      return { title, text: text.slice(start, end), textHash };
    });
    return { pieces, texts };
  }

  async #noteFailure(pieces: readonly WaitingPiece[], error: EmbedderUnavailableError): Promise<void> {
    const { queue, log } = this.#options;
    if (!isAboutTexts(error)) return;
    const [piece] = pieces;
    if (!piece || pieces.length > 1 || piece.attempts === 0) {
      await queue.suspect(pieces.map(({ id }) => id));
      return;
    }
    const delayMs = retryAfterMs(piece.attempts);
    log.error('A piece of a memory could not be embedded', error, {
      attempts: piece.attempts,
      retryAfterMs: delayMs,
    });
    await queue.fail(piece.id, error.reason, delayMs);
  }
}

/** And not that there is no model any more. */
const isAboutTexts = ({ reason }: EmbedderUnavailableError): boolean =>
  reason === 'failed' || reason === 'crashed';

const retryAfterMs = (attempts: number): number =>
  Math.min(firstRetryMs * 5 ** (attempts - 1), longestRetryMs);
