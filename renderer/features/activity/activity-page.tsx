import { useEffect, useRef, useState } from 'react';
import type { AuditSubject } from '../../../shared/schemas/audit.ts';
import { reasonOf } from '../../api/failure-words.ts';
import { loci } from '../../api/loci.ts';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { Page } from '../../components/page.tsx';
import { SelectField } from '../../components/select-field.tsx';
import { readOn, type Activity } from './activity.ts';
import './activity-page.css';
import { AuditCheck } from './audit-check.tsx';
import { DayList } from './day-list.tsx';
import { subjectNamed, subjects } from './event-words.ts';
import { useTexts } from '../../text/use-texts.ts';

/** What was done in this library, by whom and when; and the check that nothing else was. */
export function ActivityPage() {
  const texts = useTexts();
  const [subject, setSubject] = useState<AuditSubject>();
  return (
    <Page title={texts.activity.title}>
      <div className="activity">
        <AuditCheck />
        <div className="activity__filter">
          <SelectField
            label={texts.activity.show}
            value={subject ?? ''}
            options={[
              { value: '', label: texts.activity.everything },
              ...subjects.map((value) => ({ value, label: texts.activity.kinds[value] })),
            ]}
            onChange={(value) => setSubject(subjectNamed(value))}
          />
        </div>
        <Events key={subject ?? ''} subject={subject} onShowAll={() => setSubject(undefined)} />
      </div>
    </Page>
  );
}

interface EventsProps {
  readonly subject: AuditSubject | undefined;
  readonly onShowAll: () => void;
}

function Events({ subject, onShowAll }: EventsProps) {
  const texts = useTexts();
  const [activity, setActivity] = useState<Activity>();
  const [failure, setFailure] = useState<string>();
  const [isReading, setReading] = useState(false);
  const end = useRef<HTMLParagraphElement>(null);
  const isGone = useRef(false);

  async function read(before?: Activity): Promise<void> {
    setReading(true);
    try {
      const more = await readOn(
        (request) => loci.audit.list({ ...request, ...(subject ? { entity: subject } : {}) }),
        before,
      );
      if (isGone.current) return;
      setActivity(more);
      setFailure(undefined);
      // The button that was pressed is gone with the last page; what took its place gets the focus.
      if (before && more.next === null) requestAnimationFrame(() => end.current?.focus());
    } catch (error) {
      if (!isGone.current) setFailure(reasonOf(error));
    }
    if (!isGone.current) setReading(false);
  }

  useEffect(() => {
    isGone.current = false;
    void read();
    return () => {
      isGone.current = true;
    };
    // The page is another one for another kind of thing.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  if (activity && activity.runs.length === 0) {
    return (
      <div className="activity__empty">
        <p>{subject ? texts.activity.nothingOf(subject) : texts.activity.nothingYet}</p>
        {subject && <Button onClick={onShowAll}>{texts.activity.showEverything}</Button>}
      </div>
    );
  }
  return (
    <>
      {failure !== undefined && (
        <Notice tone="danger" title={texts.activity.unreadable}>
          <p>{failure}</p>
          <div>
            <Button onClick={() => void read(activity)}>{texts.actions.tryAgain}</Button>
          </div>
        </Notice>
      )}
      {activity ? (
        <>
          <DayList runs={activity.runs} isLastOpen={activity.isLastOpen} />
          {activity.next === null ? (
            <p className="activity__end" ref={end} tabIndex={-1}>
              {texts.activity.nothingOlder}
            </p>
          ) : (
            <div className="activity__more">
              <Button aria-disabled={isReading} onClick={() => isReading || void read(activity)}>
                {texts.activity.earlier}
              </Button>
            </div>
          )}
        </>
      ) : (
        failure === undefined && <Waiting />
      )}
    </>
  );
}

/** In the place of the first lines; seen only when they take longer than a moment. */
function Waiting() {
  const texts = useTexts();
  return (
    <div className="activity__waiting" role="status" aria-label={texts.activity.reading}>
      {['62%', '48%', '70%', '54%', '40%', '58%'].map((width) => (
        <span className="placeholder" key={width} style={{ width }} />
      ))}
    </div>
  );
}
