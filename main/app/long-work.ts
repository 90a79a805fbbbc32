import { jobActions, type Job } from '../../shared/schemas/job.ts';
import type { EmbeddingProgress } from '../../shared/schemas/embedding-progress.ts';
import { textsNow } from '../../shared/texts/index.ts';
import { inWords } from '../../shared/texts/told.ts';
import { jobWords } from '../../shared/text/job-words.ts';

/** What is shorter is over before anyone has gone elsewhere. */
const longMs = 5_000;
/** Fewer memories are read before a bar would be seen. */
const worthShowing = 100;

export interface LongWorkOptions {
  /** From 0 to 1; `undefined` while nobody knows how much there is to do, null when nothing goes on. */
  readonly onProgress: (share: number | undefined | null) => void;
  readonly notify: (title: string, body: string) => void;
}

export interface LongWork {
  job(job: Job): void;
  reading(progress: EmbeddingProgress): void;
  /** Somebody else's work is none of this. */
  forget(): void;
}

/** What goes on, for where it is shown outside of the window: at the program's place on the screen, and when it is over. */
export function followLongWork({ onProgress, notify }: LongWorkOptions): LongWork {
  const running = new Map<string, Job>();
  /** How many there were to read when there were most. */
  let toRead = 0;
  let left = 0;
  let told: number | undefined | null = null;

  function tell(): void {
    const shares = [...running.values()].map(({ progress, total }) =>
      total === null || total === 0 ? undefined : Math.min(1, progress / total),
    );
    if (toRead >= worthShowing) shares.push(1 - left / toRead);
    const known = shares.filter((share) => share !== undefined);
    const share =
      shares.length === 0
        ? null
        : known.length === 0
          ? undefined
          : Math.round((known.reduce((sum, each) => sum + each, 0) / known.length) * 100) / 100;
    if (share === told) return;
    told = share;
    onProgress(share);
  }

  return {
    job(job) {
      const before = running.get(job.id);
      if (job.status === 'running') running.set(job.id, job);
      else running.delete(job.id);
      tell();
      const hasEnded = jobActions.forget.some((status) => status === job.status);
      if (!before || !hasEnded || job.status === 'cancelled' || lastedMs(job) < longMs) return;
      const words = jobWords(job.kind);
      if (job.status === 'failed')
        notify(words.failed, job.error === null ? textsNow().jobs.logSaysMore : inWords(job.error));
      else notify(words.done, textsNow().jobs.finished);
    },
    reading({ state, pending }) {
      left = state === 'working' ? pending : 0;
      toRead = left === 0 ? 0 : Math.max(toRead, left);
      tell();
    },
    forget() {
      running.clear();
      toRead = left = 0;
      tell();
    },
  };
}

function lastedMs({ startedAt, finishedAt }: Job): number {
  if (startedAt === null) return 0;
  return (finishedAt === null ? Date.now() : Date.parse(finishedAt)) - Date.parse(startedAt);
}
