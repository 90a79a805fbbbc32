import { EmbedderUnavailableError } from './embedder-errors.ts';
import type { ChunkedText, TextPiece } from './chunking.ts';
import type { FromWorker, PieceText, Priority, ToWorker } from './worker-protocol.ts';

export interface RequestOptions {
  readonly signal?: AbortSignal;
  /** Ten seconds for a query; none for passages, which take what they take and are watched for silence. */
  readonly timeoutMs?: number;
}

const queryTimeoutMs = 10_000;

interface Pending {
  readonly message: Exclude<Extract<ToWorker, { readonly id: number }>, { readonly kind: 'cancel' }>;
  readonly resolve: (answer: FromWorker) => void;
  readonly reject: (error: unknown) => void;
  sent: boolean;
  /** How many workers have died over it. */
  losses: number;
}

/** What callers wait for: kept here with its texts until answered, so that a new worker can take over. */
export class PendingRequests {
  readonly #post: (message: ToWorker) => void;
  readonly #isReady: () => boolean;
  readonly #wake: () => void;
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;

  /** @param isReady whether there is a worker to post to; if not, it is woken, and requests wait for `sendAll` */
  constructor(post: (message: ToWorker) => void, isReady: () => boolean, wake: () => void) {
    this.#post = post;
    this.#isReady = isReady;
    this.#wake = wake;
  }

  get isWaiting(): boolean {
    return this.#pending.size > 0;
  }

  async embed(texts: readonly string[], priority: Priority, options: RequestOptions): Promise<Float32Array> {
    const timeoutMs = options.timeoutMs ?? (priority === 'query' ? queryTimeoutMs : undefined);
    const id = ++this.#lastId;
    const message = { kind: 'embed', id, texts, priority } as const;
    const answer = await this.#request(message, options.signal, timeoutMs);
    if (answer.kind !== 'embedded') throw new Error(`Expected vectors, got “${answer.kind}”.`);
    return answer.vectors;
  }

  /** The vectors of the pieces one after the other, without those that are not what was cut. */
  async embedPieces(
    pieces: readonly PieceText[],
    options: RequestOptions,
  ): Promise<{ vectors: Float32Array; unlike: ReadonlySet<number> }> {
    const message = { kind: 'embedPieces', id: ++this.#lastId, pieces } as const;
    const answer = await this.#request(message, options.signal, options.timeoutMs);
    if (answer.kind !== 'embedded') throw new Error(`Expected vectors, got “${answer.kind}”.`);
    return { vectors: answer.vectors, unlike: new Set(answer.unlike) };
  }

  async cut(
    texts: readonly ChunkedText[],
    options: RequestOptions,
  ): Promise<readonly (readonly TextPiece[])[]> {
    const message = { kind: 'cut', id: ++this.#lastId, texts } as const;
    const answer = await this.#request(message, options.signal, options.timeoutMs);
    if (answer.kind !== 'cut') throw new Error(`Expected pieces, got “${answer.kind}”.`);
    return answer.pieces;
  }

  async count(texts: readonly string[], options: RequestOptions): Promise<number[]> {
    const message = { kind: 'count', id: ++this.#lastId, texts } as const;
    const answer = await this.#request(message, options.signal, options.timeoutMs);
    if (answer.kind !== 'counted') throw new Error(`Expected counts, got “${answer.kind}”.`);
    return [...answer.counts];
  }

  answer(message: FromWorker): void {
    if (!('id' in message)) return;
    // Absent when the caller gave up while the answer was on its way.
    const pending = this.#pending.get(message.id);
    if (message.kind === 'failed') pending?.reject(new EmbedderUnavailableError('failed', message.detail));
    else pending?.resolve(message);
  }

  sendAll(): void {
    for (const pending of this.#pending.values()) this.#send(pending);
  }

  /**
   * The worker died, another will come. A text that kills workers must not kill them all, so a request is
   * tried once more only.
   */
  workerLost(): void {
    for (const pending of this.#pending.values()) {
      if (!pending.sent) continue;
      pending.sent = false;
      pending.losses++;
      if (pending.losses > 1) pending.reject(new EmbedderUnavailableError('crashed'));
    }
  }

  rejectAll(error: Error): void {
    for (const pending of this.#pending.values()) pending.reject(error);
  }

  #send(pending: Pending): void {
    if (pending.sent) return;
    pending.sent = true;
    this.#post(pending.message);
  }

  #request(
    message: Pending['message'],
    signal: AbortSignal | undefined,
    timeoutMs: number | undefined,
  ): Promise<FromWorker> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const { id } = message;
      const finish = (): void => {
        this.#pending.delete(id);
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
      };
      const giveUp = (error: unknown): void => {
        if (pending.sent) this.#post({ kind: 'cancel', id });
        pending.reject(error);
      };
      const onAbort = (): void => giveUp(signal?.reason);
      const timer =
        timeoutMs === undefined
          ? undefined
          : setTimeout(() => giveUp(new EmbedderUnavailableError('timeout')), timeoutMs);
      const pending: Pending = {
        message,
        sent: false,
        losses: 0,
        resolve(answer) {
          finish();
          resolve(answer);
        },
        reject(error) {
          finish();
          reject(error);
        },
      };
      signal?.addEventListener('abort', onAbort);
      this.#pending.set(id, pending);
      if (this.#isReady()) this.#send(pending);
      else this.#wake();
    });
  }
}
