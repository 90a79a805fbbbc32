import { LociError } from '../errors/loci-error.ts';
import type { ModelFault } from './worker-protocol.ts';

export type UnavailableReason = ModelFault | 'crashed' | 'stopped' | 'timeout' | 'failed';

const sentences: Record<UnavailableReason, string> = {
  missing:
    'The files Loci needs to search by meaning are missing. Everything else works; installing Loci again brings them back.',
  damaged:
    'The files Loci needs to search by meaning are damaged. Everything else works; installing Loci again repairs them.',
  crashed: 'The part of Loci that searches by meaning keeps failing. Everything else works.',
  stopped: 'Loci is closing.',
  timeout: 'Searching by meaning took too long. Everything else works.',
  failed: 'Loci could not make sense of this text. Everything else works.',
};

/** There is no vector, and asking again at once will not help. The message is for a person. */
export class EmbedderUnavailableError extends LociError {
  readonly reason: UnavailableReason;

  constructor(reason: UnavailableReason, detail?: string) {
    super('unavailable', sentences[reason], { cause: detail });
    this.name = 'EmbedderUnavailableError';
    this.reason = reason;
  }
}
