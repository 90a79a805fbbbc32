import type { Texts } from '../../shared/texts/index.ts';
import { LociError } from '../errors/loci-error.ts';
import type { ModelFault } from './worker-protocol.ts';

export type UnavailableReason = ModelFault | 'crashed' | 'stopped' | 'timeout' | 'failed';

const sentences: Readonly<Record<UnavailableReason, (texts: Texts) => string>> = {
  missing: (texts) => texts.failures.meaning.missing,
  damaged: (texts) => texts.failures.meaning.damaged,
  crashed: (texts) => texts.failures.meaning.crashed,
  stopped: (texts) => texts.failures.meaning.stopped,
  timeout: (texts) => texts.failures.meaning.timeout,
  failed: (texts) => texts.failures.meaning.failed,
};

/** Why a text has no vector, as it is kept in the library; an older version kept a sentence, which stays as it is. */
export const keptReason = (kept: string, texts: Texts): string =>
  isReason(kept) ? sentences[kept](texts) : kept;

const isReason = (kept: string): kept is UnavailableReason => Object.hasOwn(sentences, kept);

/** There is no vector, and asking again at once will not help. The message is for a person. */
export class EmbedderUnavailableError extends LociError {
  readonly reason: UnavailableReason;

  constructor(reason: UnavailableReason, detail?: string) {
    super('unavailable', sentences[reason], { cause: detail });
    this.name = 'EmbedderUnavailableError';
    this.reason = reason;
  }
}
