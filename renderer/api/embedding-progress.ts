import type { EmbeddingProgress } from '../../shared/schemas/embedding-progress.ts';
import { follow, useFollowed } from './followed.ts';
import { listen, loci } from './loci.ts';

/** Undefined until it is known. */
const progress = follow<EmbeddingProgress | undefined>({
  first: undefined,
  read: () => loci.embeddings.progress(),
  listen: (tell) => listen('embeddings:progress', tell),
});

export const useEmbeddingProgress = (): EmbeddingProgress | undefined => useFollowed(progress);
