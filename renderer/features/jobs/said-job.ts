import type { Job } from '../../../shared/schemas/job.ts';
import { formatShare } from '../../text/quantities.ts';
import { paceOf, saidPace, saidTimeLeft, type Sample } from '../../text/pace.ts';
import { textsNow } from '../../../shared/texts/index.ts';

/** How far it is, how quickly it goes, and how long it will take: as far as that is known. */
export function saidProgress({ status, progress, total }: Job, samples: readonly Sample[]): string {
  const texts = textsNow();
  const soFar = total === null || total === 0 ? undefined : formatShare(Math.min(1, progress / total));
  switch (status) {
    case 'queued':
      return texts.jobs.queued;
    case 'paused':
      return soFar === undefined ? texts.jobs.paused : texts.jobs.pausedAt(soFar);
    case 'interrupted':
      return soFar === undefined ? texts.jobs.interrupted : texts.jobs.interruptedAt(soFar);
    default: {
      if (soFar === undefined || total === null)
        return progress > 0 ? texts.jobs.soFar(progress) : texts.jobs.begun;
      const pace = paceOf(samples);
      if (pace === undefined) return soFar;
      // Of what is counted in bytes nobody wants to know how many a second.
      const speed = total > 5_000_000 ? [] : [saidPace(pace)];
      return [soFar, ...speed, saidTimeLeft(Math.max(0, total - progress) / pace)].join(' · ');
    }
  }
}
