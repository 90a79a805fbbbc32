import type { Embedder } from '../embedding/embedder.ts';
import { EmbedderUnavailableError } from '../embedding/embedder-errors.ts';
import type { ModelIdentity } from '../embedding/worker-protocol.ts';

/** What a query means to a model; compared with vectors of that same model alone. */
export interface QueryEmbedding {
  readonly model: ModelIdentity;
  readonly vector: Float32Array;
}

export interface QueryEmbeddings {
  /** @throws EmbedderUnavailableError, or the reason of the signal */
  embed(text: string, signal?: AbortSignal): Promise<QueryEmbedding>;
}

/** Under a megabyte of vectors: what is typed, taken back and typed again. */
const mostRemembered = 500;

interface UnderWay {
  readonly answer: Promise<QueryEmbedding>;
  readonly cancelling: AbortController;
  waiting: number;
}

/** Asks the model once for each text, however often and by however many it is asked for. */
export function queryEmbeddings(embedder: Embedder): QueryEmbeddings {
  const remembered = new Map<string, QueryEmbedding>();
  const underWay = new Map<string, UnderWay>();

  function ask(key: string, text: string, model: ModelIdentity): UnderWay {
    const cancelling = new AbortController();
    const answer = embedder
      .embed([text], { priority: 'query', signal: cancelling.signal })
      .then(([vector]) => {
        // The worker may have come back with another model meanwhile.
        if (!vector || embedder.status().model?.revision !== model.revision)
          throw new EmbedderUnavailableError('failed');
        const embedding = { model, vector };
        remembered.set(key, embedding);
        const [oldest] = remembered.keys();
        if (remembered.size > mostRemembered && oldest !== undefined) remembered.delete(oldest);
        return embedding;
      })
      .finally(() => {
        if (underWay.get(key) === asked) underWay.delete(key);
      });
    const asked: UnderWay = { answer, cancelling, waiting: 0 };
    underWay.set(key, asked);
    return asked;
  }

  return {
    async embed(text, signal) {
      signal?.throwIfAborted();
      const { model, reason } = embedder.status();
      if (!model) throw new EmbedderUnavailableError(reason ?? 'crashed');
      const key = `${model.revision} ${text.trim()}`;
      const known = remembered.get(key);
      if (known) {
        remembered.delete(key);
        remembered.set(key, known);
        return known;
      }
      const asked = underWay.get(key) ?? ask(key, text.trim(), model);
      asked.waiting++;
      try {
        return await untilAborted(asked.answer, signal);
      } finally {
        asked.waiting--;
        // Nobody waits for it any more: the model has better things to do.
        if (asked.waiting === 0 && signal?.aborted) {
          if (underWay.get(key) === asked) underWay.delete(key);
          asked.cancelling.abort(signal.reason);
        }
      }
    },
  };
}

async function untilAborted<T>(answer: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return answer;
  let giveUp: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    giveUp = () => reject(signal.reason);
    signal.addEventListener('abort', giveUp);
  });
  try {
    return await Promise.race([answer, aborted]);
  } finally {
    if (giveUp) signal.removeEventListener('abort', giveUp);
  }
}
