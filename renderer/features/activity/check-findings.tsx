import { FolderOpen } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { AuditEvent, AuditVerification, Difference } from '../../../shared/schemas/audit.ts';
import { loci } from '../../api/loci.ts';
import { Actions } from '../../components/actions.tsx';
import { useNow } from '../../components/use-now.ts';
import { saidMoment } from '../../text/days.ts';
import { formatMoment } from '../../text/quantities.ts';
import './check-findings.css';
import { sentenceOf } from './event-words.ts';
import { shortId } from './short-id.ts';
import { brokenLinkInWords, differenceInWords } from './verification-words.ts';
import { useTexts } from '../../text/use-texts.ts';

/** More than this, one by one, helps nobody. */
const mostShown = 20;

/** What was found that is not Loci's own doing, and what a person can do about it. */
export function CheckFindings({ verification }: { verification: AuditVerification }) {
  const texts = useTexts();
  const { brokenLink, differing, differences } = verification;
  const shown = differences.slice(0, mostShown);
  return (
    <div className="findings">
      {brokenLink && (
        <div className="findings__part">
          <p>{brokenLinkInWords(brokenLink)}</p>
          <EventAt sequence={brokenLink.sequence} />
        </div>
      )}
      {shown.length > 0 && (
        <ul className="findings__list" aria-label={texts.activity.check.list}>
          {shown.map((difference) => (
            <Finding key={`${difference.entity} ${difference.entityId}`} difference={difference} />
          ))}
        </ul>
      )}
      {differing > shown.length && <p>{texts.activity.check.more(differing - shown.length)}</p>}
      <p className="findings__advice">{texts.activity.check.advice}</p>
      <Actions
        actions={[
          {
            label: texts.actions.showLibraryFolder,
            icon: FolderOpen,
            run: () => loci.app.openLibraryFolder(),
          },
        ]}
      />
    </div>
  );
}

function Finding({ difference }: { difference: Difference }) {
  const texts = useTexts();
  const { entity, entityId, what } = difference;
  const known = useEvent({ entity, entityId });
  return (
    <li className="finding">
      <p className="finding__line">
        {differenceInWords(difference)}
        <code className="finding__id" title={entityId}>
          {shortId(entityId)}
        </code>
      </p>
      <p className="finding__known">
        {what === 'added' ? texts.activity.check.neverNoted : known && <LastNoted event={known} />}
      </p>
    </li>
  );
}

function LastNoted({ event }: { event: AuditEvent }) {
  const texts = useTexts();
  const now = useNow();
  return (
    <span title={formatMoment(event.occurredAt)}>
      {texts.activity.check.lastNoted(saidMoment(event.occurredAt, now), sentenceOf(event, { count: 1 }))}
    </span>
  );
}

/** What now stands where the chain breaks. */
function EventAt({ sequence }: { sequence: number }) {
  const texts = useTexts();
  const now = useNow();
  const event = useEvent({ before: sequence + 1 });
  if (event?.sequence !== sequence) return null;
  return (
    <p className="finding__known" title={formatMoment(event.occurredAt)}>
      {texts.activity.check.nowSays(sentenceOf(event, { count: 1 }), saidMoment(event.occurredAt, now))}
    </p>
  );
}

/** The newest event there is of these. Nothing that is needed: where it cannot be read, it is left out. */
function useEvent(
  request: { readonly before: number } | Pick<Difference, 'entity' | 'entityId'>,
): AuditEvent | undefined {
  const [event, setEvent] = useState<AuditEvent>();
  const asked = JSON.stringify(request);
  useEffect(() => {
    let isGone = false;
    loci.audit.list({ ...request, limit: 1 }).then(
      ({ events: [newest] }) => isGone || setEvent(newest),
      () => undefined,
    );
    return () => {
      isGone = true;
    };
    // What is asked for is the same as long as its text is.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [asked]);
  return event;
}
