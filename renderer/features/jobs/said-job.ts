import type { Job } from '../../../shared/schemas/job.ts';
import { formatCount, formatShare } from '../../text/quantities.ts';
import { paceOf, saidPace, saidTimeLeft, type Sample } from '../../text/pace.ts';

/** How far it is, how quickly it goes, and how long it will take: as far as that is known. */
export function saidProgress({ status, progress, total }: Job, samples: readonly Sample[]): string {
  const soFar = total === null || total === 0 ? undefined : formatShare(Math.min(1, progress / total));
  switch (status) {
    case 'queued':
      return 'Waits for its turn';
    case 'paused':
      return soFar === undefined ? 'Paused' : `Paused at ${soFar}`;
    case 'interrupted':
      return soFar === undefined
        ? 'Interrupted when Loci was closed'
        : `Interrupted at ${soFar} when Loci was closed`;
    default: {
      if (soFar === undefined || total === null)
        return progress > 0 ? `${formatCount(progress)} so far` : 'Begun';
      const pace = paceOf(samples);
      if (pace === undefined) return soFar;
      // Of what is counted in bytes nobody wants to know how many a second.
      const speed = total > 5_000_000 ? [] : [saidPace(pace)];
      return [soFar, ...speed, saidTimeLeft(Math.max(0, total - progress) / pace)].join(' · ');
    }
  }
}
