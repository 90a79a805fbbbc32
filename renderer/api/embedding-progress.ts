import type { EmbeddingProgress } from '../../shared/schemas/embedding-progress.ts';
import { follow, useFollowed } from './followed.ts';
import { listen, loci } from './loci.ts';
import { withSample, type Sample } from '../text/pace.ts';

let samples: readonly Sample[] = [];

/** How quickly it goes can be told only while it goes on. */
function note({ state, ready }: EmbeddingProgress): void {
  samples = state === 'working' ? withSample(samples, { atMs: performance.now(), progress: ready }) : [];
}

/** Undefined until it is known. */
const progress = follow<EmbeddingProgress | undefined>({
  first: undefined,
  read: () => loci.embeddings.progress(),
  listen(tell, ask) {
    const stops = [
      listen('embeddings:progress', (now) => {
        note(now);
        tell(now);
      }),
      listen('app:language', ask),
      listen('user:switched', () => {
        samples = [];
        tell(undefined);
        ask();
      }),
    ];
    return () => stops.forEach((stop) => stop());
  },
});

export const useEmbeddingProgress = (): EmbeddingProgress | undefined => useFollowed(progress);

/** Of late, each as far as it was then. */
export function useReadingSamples(): readonly Sample[] {
  useEmbeddingProgress();
  return samples;
}

/** For where exact figures are looked for: the last that was told may be of a moment ago. */
export function refreshEmbeddingProgress(): void {
  progress.refresh().catch(() => undefined);
}
