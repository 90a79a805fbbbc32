import type { ModelFault, ModelIdentity } from './worker-protocol.ts';

export interface EmbedderStatus {
  /** 'degraded' after a crash too, until the restarted worker is ready. */
  readonly state: 'starting' | 'ready' | 'degraded' | 'stopped';
  readonly reason?: ModelFault | 'crashed';
  /** For the log and the status page: may name a file of the model, never holds a text. */
  readonly detail?: string;
  readonly model?: ModelIdentity;
  readonly loadMs?: number;
  readonly pid?: number;
}
