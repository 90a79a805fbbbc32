import {
  Bookmark,
  ChevronRight,
  CircleHelp,
  Clock,
  FileText,
  Layers,
  LibraryBig,
  Search,
  SlidersHorizontal,
  Tag,
  UserRound,
  type LucideIcon,
} from 'lucide-react';
import { useMemo } from 'react';
import type { AuditSubject } from '../../../shared/schemas/audit.ts';
import { useNow } from '../../components/use-now.ts';
import { formatTime, nameOfDay } from '../../text/days.ts';
import { formatDay, formatMoment } from '../../text/quantities.ts';
import './day-list.css';
import { daysOf, type EventRun } from './event-runs.ts';
import { sentenceOf, subjectNamed } from './event-words.ts';
import { shortId } from './short-id.ts';
import { useTexts } from '../../text/use-texts.ts';

const icons: Readonly<Record<AuditSubject, LucideIcon>> = {
  memory: Bookmark,
  session: Clock,
  tag: Tag,
  document: FileText,
  specialization: Layers,
  saved_search: Search,
  setting: SlidersHorizontal,
  app_user: UserRound,
  library: LibraryBig,
};

/** What was done, by day, the newest first. */
export function DayList({ runs, isLastOpen }: { runs: readonly EventRun[]; isLastOpen: boolean }) {
  const days = useMemo(() => daysOf(runs), [runs]);
  const now = useNow();
  return (
    <div className="days">
      {days.map(({ at, runs: ofDay }) => (
        <section className="day" key={ofDay[0]?.newest.id}>
          <h2 className="day__name" title={formatDay(at)}>
            {nameOfDay(at, now)}
          </h2>
          <ul className="day__runs">
            {ofDay.map((run) => (
              <Run key={run.newest.id} run={run} isOpen={isLastOpen && run === runs.at(-1)} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

/** More than one looks through by eye. */
const mostNamed = 8;

function Run({ run, isOpen }: { run: EventRun; isOpen: boolean }) {
  const texts = useTexts();
  const { newest, ids, sequences, events } = run;
  const subject = subjectNamed(newest.entity);
  const Icon = subject ? icons[subject] : CircleHelp;
  const [first, last] = sequences;
  return (
    <li>
      <details className="run">
        <summary className="run__summary">
          <Icon className="run__icon" size={16} strokeWidth={1.75} aria-hidden="true" />
          <span className="run__sentence">{sentenceOf(newest, { count: ids.length, orMore: isOpen })}</span>
          <time className="run__time" dateTime={newest.occurredAt} title={formatMoment(newest.occurredAt)}>
            {formatTime(newest.occurredAt)}
          </time>
          <ChevronRight className="run__sign" size={16} strokeWidth={1.75} aria-hidden="true" />
        </summary>
        <dl className="run__details">
          <dt>{texts.activity.event(events)}</dt>
          <dd>{first === last ? texts.activity.sequence(last) : texts.activity.sequences(first, last)}</dd>
          <dt>{texts.activity.when}</dt>
          <dd>{formatMoment(newest.occurredAt)}</dd>
          <dt>{texts.activity.notedAs}</dt>
          <dd>
            <code>
              {newest.entity} {newest.action}
              {newest.fields.length > 0 && `: ${newest.fields.join(', ')}`}
            </code>
          </dd>
          {ids.length > 0 && (
            <>
              <dt>{texts.activity.which}</dt>
              <dd className="run__ids">
                {ids.slice(0, mostNamed).map((id) => (
                  <code key={id} title={id}>
                    {shortId(id)}
                  </code>
                ))}
                {ids.length > mostNamed && (
                  <span>
                    {isOpen
                      ? texts.activity.andOthersOrMore(ids.length - mostNamed)
                      : texts.activity.andOthers(ids.length - mostNamed)}
                  </span>
                )}
              </dd>
            </>
          )}
        </dl>
      </details>
    </li>
  );
}
