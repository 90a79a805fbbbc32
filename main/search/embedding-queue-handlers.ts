import type { Handlers } from '../../shared/ipc/define.ts';
import type { embeddingOperations } from '../../shared/ipc/operations/embeddings.ts';
import type { EmbeddingQueue } from './embedding-queue.ts';

export function embeddingHandlers(
  queue: EmbeddingQueue,
): Handlers<{ embeddings: typeof embeddingOperations }>['embeddings'] {
  return {
    progress: () => queue.progress(),
    async pause() {
      queue.pause();
      return undefined;
    },
    async resume() {
      queue.resume();
      return undefined;
    },
    retryFailed: async () => ({ pieces: await queue.retryFailed() }),
    async hurry({ ids }) {
      queue.hurry(ids);
      return undefined;
    },
  };
}
