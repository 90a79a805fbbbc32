import { useState } from 'react';
import type { Job } from '../../../shared/schemas/job.ts';
import { isUnderWay, useLatestJob } from '../../api/latest-job.ts';
import { loci } from '../../api/loci.ts';
import { findingKind } from '../../api/look-alikes.ts';
import { Button } from '../../components/button.tsx';
import { DeterminateLine } from '../../components/determinate-line.tsx';
import { Notice } from '../../components/notice.tsx';
import { ProgressLine } from '../../components/progress-line.tsx';
import { useIsLasting } from '../../components/use-is-lasting.ts';
import { formatCount, memoriesInWords } from '../../text/quantities.ts';
import './comparing.css';

/** What is done within that time needs no words. */
const slowAfterMs = 1_000;
/** Fewer are compared without being asked for. */
export const worthAsking = 500;

const findNew = () => loci.duplicates.find({});

interface ComparingProps {
  /** How many were not compared yet. */
  readonly waiting: number;
}

/** Looking for memories that are alike: the way to begin, how far it is, and what came of it. */
export function Comparing({ waiting }: ComparingProps) {
  const { job, failure, start, cancel } = useLatestJob(findingKind, findNew);
  const isFinding = isUnderWay(job);
  const isSlow = useIsLasting(isFinding, slowAfterMs);
  // What an earlier search came to is no news.
  const [first, setFirst] = useState<string | null>();
  if (first === undefined && job !== undefined) setFirst(isFinding ? null : (job?.id ?? null));
  const ended = job && !isFinding && job.id !== first ? job : undefined;
  const again = () => void loci.duplicates.find({ again: true }).catch(() => undefined);

  return (
    <section className="comparing" aria-label="Comparing" data-first={waiting > worthAsking || undefined}>
      {isSlow && job ? (
        <div className="comparing__progress">
          <p className="comparing__words">
            {job.total === null
              ? 'Comparing your memories with each other'
              : `Compared ${formatCount(job.progress)} of ${memoriesInWords(job.total)}`}
          </p>
          {job.total === null ? (
            <ProgressLine label="Comparing" />
          ) : (
            <DeterminateLine label="Comparing" done={job.progress} total={job.total} />
          )}
          <Button onClick={() => void cancel()}>Cancel</Button>
        </div>
      ) : waiting > worthAsking ? (
        <Notice tone="quiet" title={`${memoriesInWords(waiting)} have not been compared yet`}>
          <p>
            What is the same word for word shows up all the same. To find what is nearly so takes a while.
          </p>
          <div>
            <Button aria-disabled={isFinding || undefined} onClick={() => isFinding || void start()}>
              Compare them
            </Button>
          </div>
        </Notice>
      ) : (
        <div className="comparing__again">
          <output className="comparing__words">{ended && wordsOf(ended)}</output>
          <Button tone="quiet" aria-disabled={isFinding || undefined} onClick={() => isFinding || again()}>
            Compare everything again
          </Button>
        </div>
      )}
      {(failure !== undefined || ended?.status === 'failed') && (
        <Notice tone="danger" title="Your memories could not be compared">
          <p>{failure ?? ended?.error ?? 'The log says more.'}</p>
        </Notice>
      )}
    </section>
  );
}

function wordsOf({ status, progress }: Job): string {
  if (status === 'cancelled') return `Stopped after ${memoriesInWords(progress)}; what was found stays.`;
  return status === 'succeeded' ? `Compared ${memoriesInWords(progress)}.` : '';
}
