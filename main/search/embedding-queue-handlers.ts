import type { Handlers } from '../../shared/ipc/define.ts';
import type { embeddingOperations } from '../../shared/ipc/operations/embeddings.ts';
import type { EmbeddingQueue } from './embedding-queue.ts';

export function embeddingHandlers(
  queue: EmbeddingQueue,
): Handlers<{ embeddings: typeof embeddingOperations }>['embeddings'] {
  return {
    progress: () => queue.progress(),
    pause: async () => queue.pause(),
    resume: async () => queue.resume(),
    retryFailed: async () => ({ pieces: await queue.retryFailed() }),
    hurry: async ({ ids }) => queue.hurry(ids),
  };
}
