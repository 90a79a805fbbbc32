import { ShieldAlert, ShieldCheck, ShieldQuestion, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import type { AuditVerification } from '../../../shared/schemas/audit.ts';
import type { Job } from '../../../shared/schemas/job.ts';
import { useAuditCheck, verificationOf } from '../../api/audit-check.ts';
import { isUnderWay } from '../../api/latest-job.ts';
import { Button } from '../../components/button.tsx';
import { DeterminateLine } from '../../components/determinate-line.tsx';
import { ProgressLine } from '../../components/progress-line.tsx';
import { useIsLasting } from '../../components/use-is-lasting.ts';
import { useNow } from '../../components/use-now.ts';
import { saidMoment } from '../../text/days.ts';
import { formatCount, formatMoment } from '../../text/quantities.ts';
import './audit-check.css';
import { CheckFindings } from './check-findings.tsx';
import { lookedThrough } from './verification-words.ts';

/** What is quicker than this shows its outcome, not that it is under way. */
const slowAfterMs = 200;

/** Whether everything is as it was left: the way to find out, and what came of it. */
export function AuditCheck() {
  const { job, failure, start, cancel } = useAuditCheck();
  const isChecking = isUnderWay(job);
  const isSlow = useIsLasting(isChecking, slowAfterMs);
  const [before, setBefore] = useState<Job>();
  // Until a check has lasted a moment, what came of the one before stays in view.
  if (job && !isChecking && job !== before) setBefore(job);
  const shown = isChecking && !isSlow ? before : job;
  const verification = shown?.status === 'succeeded' ? verificationOf(shown) : undefined;
  const { icon: Icon, title, text } = wordsOf(shown ?? undefined, verification, useNow());

  return (
    <section className="check" aria-label="Check" data-outcome={toneOf(verification)}>
      <div className="check__line">
        <Icon className="check__icon" size={20} strokeWidth={1.75} aria-hidden="true" />
        <div className="check__words">
          {/* The outcome is read out, the figures on the way to it are not. */}
          <p className="check__title" role="status">
            {title}
          </p>
          {failure === undefined ? (
            <p className="check__text" title={shown?.finishedAt ? formatMoment(shown.finishedAt) : undefined}>
              {text}
            </p>
          ) : (
            <p className="check__text" role="alert">
              {failure}
            </p>
          )}
        </div>
        {isSlow ? (
          <Button key="check" onClick={() => void cancel()}>
            Cancel
          </Button>
        ) : (
          <Button key="check" aria-disabled={isChecking} onClick={() => isChecking || void start()}>
            {before ? 'Check again' : 'Check'}
          </Button>
        )}
      </div>
      {isSlow && job && (
        <div className="check__progress">
          {job.total === null ? (
            <ProgressLine label="Checking" />
          ) : (
            <DeterminateLine label="Checking" done={job.progress} total={job.total} />
          )}
        </div>
      )}
      {verification && !verification.isIntact && (
        <CheckFindings key={shown?.id} verification={verification} />
      )}
    </section>
  );
}

function toneOf(verification: AuditVerification | undefined): 'intact' | 'altered' | undefined {
  if (!verification) return undefined;
  return verification.isIntact ? 'intact' : 'altered';
}

interface Words {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly text: string;
}

function wordsOf(job: Job | undefined, verification: AuditVerification | undefined, now: Date): Words {
  const icon = ShieldQuestion;
  if (!job) {
    return {
      icon,
      title: 'Is everything as it was left?',
      text: 'Loci seals each event below together with the one before it. A check finds what was changed without Loci.',
    };
  }
  if (verification) {
    const when = saidMoment(job.finishedAt ?? job.createdAt, now);
    const what = `Checked ${when}: ${lookedThrough(verification)}.`;
    return verification.isIntact
      ? { icon: ShieldCheck, title: 'Everything is as it was left', text: what }
      : { icon: ShieldAlert, title: 'Something was changed without Loci', text: what };
  }
  switch (job.status) {
    case 'cancelled':
      return { icon, title: 'The check was stopped', text: 'It had not come to an end, so it says nothing.' };
    case 'interrupted':
      return { icon, title: 'The check was interrupted', text: 'Loci was closed before it came to an end.' };
    case 'failed':
      return { icon, title: 'The check could not be finished', text: job.error ?? 'The log says more.' };
    case 'succeeded':
      return { icon, title: 'What came of the last check cannot be read', text: 'Check again to know.' };
    case 'queued':
    case 'running':
    case 'paused':
      return { icon, title: 'Checking', text: progressOf(job) };
  }
}

function progressOf({ progress, total }: Job): string {
  if (total === null) return 'Going through all events and what they tell of.';
  return `${formatCount(progress)} of ${formatCount(total)} events and things`;
}
