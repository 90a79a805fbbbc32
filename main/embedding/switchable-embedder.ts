import type { Embedder } from './embedder.ts';
import type { EmbedderStatus } from './embedder-status.ts';

/** The embedder of the model in use, whichever that is. */
export interface SwitchableEmbedder extends Embedder {
  /** From now on this one is asked. The one before is stopped as soon as it has answered what people wait for. */
  use(next: Embedder): void;
}

export function switchableEmbedder(first: Embedder): SwitchableEmbedder {
  let current = first;
  const listeners = new Set<(status: EmbedderStatus) => void>();
  const tell = (status: EmbedderStatus) => {
    for (const listener of listeners) listener(status);
  };
  let stopListening = current.onStatus(tell);
  const queries = new Set<Promise<unknown>>();
  const endings = new Set<Promise<void>>();
  let isStopped = false;

  async function end(embedder: Embedder): Promise<void> {
    await Promise.allSettled(queries);
    await embedder.stop();
  }

  return {
    status: () => current.status(),
    onStatus(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    embed(texts, options) {
      const answer = current.embed(texts, options);
      if (options?.priority === 'query') {
        queries.add(answer);
        const forget = () => queries.delete(answer);
        answer.then(forget, forget);
      }
      return answer;
    },
    embedPieces: (pieces, options) => current.embedPieces(pieces, options),
    cut: (texts, options) => current.cut(texts, options),
    countTokens: (texts, options) => current.countTokens(texts, options),
    async whenSettled() {
      for (;;) {
        const asked = current;
        const status = await asked.whenSettled();
        if (asked === current) return status;
      }
    },
    restart: () => current.restart(),
    use(next) {
      const before = current;
      if (isStopped || before === next) return;
      stopListening();
      current = next;
      stopListening = next.onStatus(tell);
      tell(next.status());
      const ending = end(before).finally(() => endings.delete(ending));
      endings.add(ending);
    },
    async stop() {
      isStopped = true;
      await Promise.all([current.stop(), ...endings]);
    },
  };
}
