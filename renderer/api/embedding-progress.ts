import type { EmbeddingProgress } from '../../shared/schemas/embedding-progress.ts';
import { follow, useFollowed } from './followed.ts';
import { listen, loci } from './loci.ts';

/** Undefined until it is known. */
const progress = follow<EmbeddingProgress | undefined>({
  first: undefined,
  read: () => loci.embeddings.progress(),
  listen(tell, ask) {
    const stops = [
      listen('embeddings:progress', tell),
      listen('user:switched', () => {
        tell(undefined);
        ask();
      }),
    ];
    return () => stops.forEach((stop) => stop());
  },
});

export const useEmbeddingProgress = (): EmbeddingProgress | undefined => useFollowed(progress);

/** For where exact figures are looked for: the last that was told may be of a moment ago. */
export function refreshEmbeddingProgress(): void {
  progress.refresh().catch(() => undefined);
}
