import type { Log } from '../logging/log.ts';
import type { ChunkedText, TextPiece } from './chunking.ts';
import { EmbedderUnavailableError } from './embedder-errors.ts';
import type { EmbedderStatus } from './embedder-status.ts';
import { PendingRequests, type RequestOptions } from './pending-requests.ts';
import type { PieceText, Priority, WorkerHost } from './worker-protocol.ts';
import { usualLimits, WorkerSupervisor, type SupervisorLimits } from './worker-supervisor.ts';

interface EmbedOptions extends RequestOptions {
  /** A query overtakes passages: a person waits for it. */
  readonly priority?: Priority;
}

/** Turns texts into vectors of meaning. Lives as long as the app; its worker may come and go. */
export interface Embedder {
  status(): EmbedderStatus;
  /** @returns how to stop listening */
  onStatus(listener: (status: EmbedderStatus) => void): () => void;
  /**
   * One vector of unit length per text, in the order of the texts.
   *
   * @throws EmbedderUnavailableError, or the reason of the signal
   */
  embed(texts: readonly string[], options?: EmbedOptions): Promise<Float32Array[]>;
  /** Cuts each text into pieces that the model can read, in its process: texts are long, and a window waits for nothing. */
  cut(texts: readonly ChunkedText[], options?: RequestOptions): Promise<readonly (readonly TextPiece[])[]>;
  /** As `embed`, with the title as context; undefined for a piece that is not what the text was cut into. */
  embedPieces(pieces: readonly PieceText[], options?: RequestOptions): Promise<(Float32Array | undefined)[]>;
  /** How long each text is to the model, its two marks included; it reads `model.maxTokens` of them. */
  countTokens(texts: readonly string[], options?: RequestOptions): Promise<number[]>;
  /** Resolves when loading has succeeded or failed for good. */
  whenSettled(): Promise<EmbedderStatus>;
  /** Tries again after it was given up: the model's files may have been repaired. */
  restart(): Promise<EmbedderStatus>;
  stop(): Promise<void>;
}

export interface EmbedderOptions {
  /** Starts a worker process; called again whenever one has died. */
  readonly host: () => WorkerHost;
  /** The folder of the model. */
  readonly modelDir: string;
  /** Whether it must have a manifest, which it has unless it has only just been chosen. */
  readonly isPinned?: boolean;
  readonly log: Log;
  /** When there is time for the model to load; until then it counts as starting. */
  readonly startWhen?: Promise<void>;
  /** Lets the window and the database go first when the machine is busy. Off only where speed is measured. */
  readonly background?: boolean;
  readonly limits?: Partial<SupervisorLimits>;
}

export function startEmbedder(options: EmbedderOptions): Embedder {
  const { host, modelDir, isPinned = true, log, startWhen, background = true, limits } = options;
  const listeners = new Set<(status: EmbedderStatus) => void>();
  const requests = new PendingRequests(
    (message) => supervisor.post(message),
    () => supervisor.isAwake,
    () => supervisor.wake(),
  );

  const supervisor = new WorkerSupervisor({
    host,
    log,
    modelDir,
    isPinned,
    background,
    limits: { ...usualLimits, ...limits },
    isWaiting: () => requests.isWaiting,
    onAnswer: (message) => requests.answer(message),
    onStatus(status) {
      if (status.state === 'ready') requests.sendAll();
      else if (isFinal(status)) requests.rejectAll(unavailable(status));
      else requests.workerLost();
      for (const listener of listeners) listener(status);
    },
  });

  function isFinal({ state, reason }: EmbedderStatus): boolean {
    return state === 'stopped' || (state === 'degraded' && (reason !== 'crashed' || supervisor.isSettled));
  }

  function refuseIfFinal(): void {
    const status = supervisor.status;
    if (isFinal(status)) throw unavailable(status);
  }

  function settled(): Promise<EmbedderStatus> {
    if (supervisor.isSettled) return Promise.resolve(supervisor.status);
    return new Promise((resolve) => {
      const listener = (status: EmbedderStatus): void => {
        if (!supervisor.isSettled) return;
        listeners.delete(listener);
        resolve(status);
      };
      listeners.add(listener);
    });
  }

  if (startWhen) void startWhen.then(() => supervisor.start());
  else supervisor.start();
  return {
    status: () => supervisor.status,
    onStatus(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async embed(texts, { priority = 'passage', ...rest } = {}) {
      refuseIfFinal();
      if (texts.length === 0) return [];
      const vectors = await requests.embed(texts, priority, rest);
      const dimension = vectors.length / texts.length;
      return texts.map((_, i) => vectors.slice(i * dimension, (i + 1) * dimension));
    },
    async cut(texts, rest = {}) {
      refuseIfFinal();
      return texts.length === 0 ? [] : requests.cut(texts, rest);
    },
    async embedPieces(pieces, rest = {}) {
      refuseIfFinal();
      if (pieces.length === 0) return [];
      const { vectors, unlike } = await requests.embedPieces(pieces, rest);
      const dimension = vectors.length / Math.max(1, pieces.length - unlike.size);
      let start = 0;
      return pieces.map((_, i) => (unlike.has(i) ? undefined : vectors.slice(start, (start += dimension))));
    },
    async countTokens(texts, rest = {}) {
      refuseIfFinal();
      if (texts.length === 0) return [];
      return requests.count(texts, rest);
    },
    whenSettled: settled,
    restart() {
      supervisor.start();
      return settled();
    },
    stop: () => supervisor.stop(),
  };
}

function unavailable({ state, reason = 'crashed', detail }: EmbedderStatus): EmbedderUnavailableError {
  return new EmbedderUnavailableError(state === 'stopped' ? 'stopped' : reason, detail);
}
