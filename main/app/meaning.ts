import type { MeaningState } from '../../shared/schemas/app-status.ts';
import type { EmbedderStatus } from '../embedding/embedder-status.ts';

/** What the model's process reports, as a person is told it. */
export function meaningOf({ state, reason }: EmbedderStatus): MeaningState {
  if (state === 'ready') return { state: 'ready' };
  if (state !== 'degraded' || reason === undefined) return { state: 'loading' };
  return { state: 'unavailable', reason };
}
