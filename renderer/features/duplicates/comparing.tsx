import { inWords } from '../../../shared/texts/told.ts';
import { useState } from 'react';
import type { Texts } from '../../../shared/texts/index.ts';
import type { Job } from '../../../shared/schemas/job.ts';
import { isAtWork, useLatestJob } from '../../api/latest-job.ts';
import { loci } from '../../api/loci.ts';
import { findingKind } from '../../api/look-alikes.ts';
import { Button } from '../../components/button.tsx';
import { DeterminateLine } from '../../components/determinate-line.tsx';
import { Notice } from '../../components/notice.tsx';
import { ProgressLine } from '../../components/progress-line.tsx';
import { useIsLasting } from '../../components/use-is-lasting.ts';
import { useTexts } from '../../text/use-texts.ts';
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
  const texts = useTexts();
  const { job, failure, start, cancel } = useLatestJob(findingKind, findNew);
  const isFinding = isAtWork(job);
  const isSlow = useIsLasting(isFinding, slowAfterMs);
  // What an earlier search came to is no news.
  const [first, setFirst] = useState<string | null>();
  if (first === undefined && job !== undefined) setFirst(isFinding ? null : (job?.id ?? null));
  const ended = job && !isFinding && job.id !== first ? job : undefined;
  const again = () => void loci.duplicates.find({ again: true }).catch(() => undefined);

  return (
    <section
      className="comparing"
      aria-label={texts.duplicates.comparing.label}
      data-first={waiting > worthAsking || undefined}
    >
      {isSlow && job ? (
        <div className="comparing__progress">
          <p className="comparing__words">
            {job.total === null
              ? texts.duplicates.comparing.all
              : texts.duplicates.comparing.far(job.progress, job.total)}
          </p>
          {job.total === null ? (
            <ProgressLine label={texts.duplicates.comparing.label} />
          ) : (
            <DeterminateLine label={texts.duplicates.comparing.label} done={job.progress} total={job.total} />
          )}
          <Button onClick={() => void cancel()}>{texts.actions.cancel}</Button>
        </div>
      ) : waiting > worthAsking ? (
        <Notice tone="quiet" title={texts.duplicates.comparing.waiting(waiting)}>
          <p>{texts.duplicates.comparing.waitingText}</p>
          <div>
            <Button aria-disabled={isFinding || undefined} onClick={() => isFinding || void start()}>
              {texts.duplicates.comparing.compare}
            </Button>
          </div>
        </Notice>
      ) : (
        <div className="comparing__again">
          <output className="comparing__words">{ended && wordsOf(ended, texts)}</output>
          <Button tone="quiet" aria-disabled={isFinding || undefined} onClick={() => isFinding || again()}>
            {texts.duplicates.comparing.again}
          </Button>
        </div>
      )}
      {(failure !== undefined || ended?.status === 'failed') && (
        <Notice tone="danger" title={texts.duplicates.comparing.failed}>
          <p>{failure ?? inWords(ended?.error ?? texts.duplicates.comparing.seeLog)}</p>
        </Notice>
      )}
    </section>
  );
}

function wordsOf({ status, progress }: Job, texts: Texts): string {
  if (status === 'cancelled') return texts.duplicates.comparing.stopped(progress);
  return status === 'succeeded' ? texts.duplicates.comparing.done(progress) : '';
}
