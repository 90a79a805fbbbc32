import { textsNow } from '../../shared/texts/index.ts';
import type { MeaningState } from '../../shared/schemas/app-status.ts';
import { EmbedderUnavailableError } from '../embedding/embedder-errors.ts';
import type { EmbedderStatus } from '../embedding/embedder-status.ts';

/** What the model's process reports, as a person is told it. */
export function meaningOf({ state, reason }: EmbedderStatus): MeaningState {
  if (state === 'ready') return { state: 'ready' };
  if (state !== 'degraded' || reason === undefined) return { state: 'loading' };
  return { state: 'unavailable', reason, message: new EmbedderUnavailableError(reason).said(textsNow()) };
}
