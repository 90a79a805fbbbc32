import { inWords } from '../../../shared/texts/told.ts';
import { ShieldAlert, ShieldCheck, ShieldQuestion, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import type { AuditVerification } from '../../../shared/schemas/audit.ts';
import type { Job } from '../../../shared/schemas/job.ts';
import { useAuditCheck, verificationOf } from '../../api/audit-check.ts';
import { isAtWork } from '../../api/latest-job.ts';
import { Button } from '../../components/button.tsx';
import { DeterminateLine } from '../../components/determinate-line.tsx';
import { ProgressLine } from '../../components/progress-line.tsx';
import { useIsLasting } from '../../components/use-is-lasting.ts';
import { useNow } from '../../components/use-now.ts';
import { saidMoment } from '../../text/days.ts';
import { formatMoment } from '../../text/quantities.ts';
import './audit-check.css';
import { CheckFindings } from './check-findings.tsx';
import { useTexts } from '../../text/use-texts.ts';
import { textsNow } from '../../../shared/texts/index.ts';

/** What is quicker than this shows its outcome, not that it is under way. */
const slowAfterMs = 200;

/** Whether everything is as it was left: the way to find out, and what came of it. */
export function AuditCheck() {
  const texts = useTexts();
  const { job, failure, start, cancel } = useAuditCheck();
  const isChecking = isAtWork(job);
  const isSlow = useIsLasting(isChecking, slowAfterMs);
  const [before, setBefore] = useState<Job>();
  // Until a check has lasted a moment, what came of the one before stays in view.
  if (job && !isChecking && job !== before) setBefore(job);
  const shown = isChecking && !isSlow ? before : job;
  const verification = shown?.status === 'succeeded' ? verificationOf(shown) : undefined;
  const { icon: Icon, title, text } = wordsOf(shown ?? undefined, verification, useNow());

  return (
    <section className="check" aria-label={texts.activity.check.label} data-outcome={toneOf(verification)}>
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
            {texts.actions.cancel}
          </Button>
        ) : (
          <Button key="check" aria-disabled={isChecking} onClick={() => isChecking || void start()}>
            {before ? texts.activity.check.again : texts.activity.check.check}
          </Button>
        )}
      </div>
      {isSlow && job && (
        <div className="check__progress">
          {job.total === null ? (
            <ProgressLine label={texts.activity.check.checking} />
          ) : (
            <DeterminateLine label={texts.activity.check.checking} done={job.progress} total={job.total} />
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
  const texts = textsNow();
  const icon = ShieldQuestion;
  if (!job) {
    return {
      icon,
      title: texts.activity.check.question,
      text: texts.activity.check.questionText,
    };
  }
  if (verification) {
    const when = saidMoment(job.finishedAt ?? job.createdAt, now);
    const what = texts.activity.check.checked(when, verification.events, verification.rows);
    return verification.isIntact
      ? { icon: ShieldCheck, title: texts.activity.check.intact, text: what }
      : { icon: ShieldAlert, title: texts.activity.check.altered, text: what };
  }
  switch (job.status) {
    case 'cancelled':
      return { icon, title: texts.activity.check.stopped, text: texts.activity.check.stoppedText };
    case 'interrupted':
      return { icon, title: texts.activity.check.interrupted, text: texts.activity.check.interruptedText };
    case 'failed':
      return { icon, title: texts.activity.check.failed, text: inWords(job.error ?? texts.jobs.logSaysMore) };
    case 'succeeded':
      return { icon, title: texts.activity.check.unreadable, text: texts.activity.check.unreadableText };
    case 'queued':
    case 'running':
    case 'paused':
      return { icon, title: texts.activity.check.checking, text: progressOf(job) };
  }
}

function progressOf({ progress, total }: Job): string {
  const texts = textsNow();
  return total === null ? texts.activity.check.going : texts.activity.check.progress(progress, total);
}
