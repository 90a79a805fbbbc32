import { useTexts } from '../../text/use-texts.ts';
import { Columns2 } from 'lucide-react';
import type { GroupedRow } from '../../../shared/schemas/specialization-list.ts';
import { useAsked } from '../../api/asked.ts';
import { loci } from '../../api/loci.ts';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { useNow } from '../../components/use-now.ts';
import { addressOf } from '../../navigation/place.ts';
import { formatTime, nameOfDay } from '../../text/days.ts';
import { formatMoment } from '../../text/quantities.ts';
import { runsOf } from '../activity/event-runs.ts';
import { sentenceOf } from '../activity/event-words.ts';
import { factsInWords } from './adapter-row.tsx';
import { compare } from './specialization-menu.ts';

interface SpecializationHistoryProps {
  readonly id: string;
  readonly version: number;
  readonly versions: readonly GroupedRow[];
}

const pageSize = 100;

/** Its other versions, and what was done with it. */
export function SpecializationHistory({ id, version, versions }: SpecializationHistoryProps) {
  const texts = useTexts();
  const now = useNow();
  const { answer, failure } = useAsked(`${id} ${version}`, () =>
    loci.audit.list({ entity: 'specialization', entityId: id, limit: pageSize }),
  );

  return (
    <>
      {versions.length > 0 && (
        <section className="specialization-section" aria-label={texts.specializations.history.versions}>
          <h3 className="specialization-section__title">{texts.specializations.history.versionsOf}</h3>
          <ul className="linked" aria-label={texts.specializations.history.versions}>
            {versions.map((row) => (
              <li className="linked__memory" key={row.id}>
                <a
                  className="linked__name"
                  href={addressOf({ view: { kind: 'specializations' }, open: row.id })}
                  draggable={false}
                >
                  <bdi>{row.name}</bdi>
                </a>
                <span className="linked__meta">
                  {nameOfDay(row.createdAt, now)} · {factsInWords(row)}
                </span>
                <Button
                  tone="quiet"
                  icon={Columns2}
                  aria-label={texts.specializations.deeds.compareWithOne(row.name)}
                  onClick={() => compare(id, row.id)}
                >
                  {texts.specializations.deeds.compare}
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className="specialization-section" aria-label={texts.specializations.history.done}>
        <h3 className="specialization-section__title">{texts.specializations.history.done}</h3>
        {failure !== undefined && <Notice tone="danger" title={failure} />}
        <ul className="linked" aria-label={texts.specializations.history.done}>
          {runsOf(answer?.events ?? []).map(({ newest }) => (
            <li className="linked__memory" key={newest.id}>
              <span>{aboutIt(sentenceOf(newest, { count: 1 }))}</span>
              <time
                className="linked__meta"
                dateTime={newest.occurredAt}
                title={formatMoment(newest.occurredAt)}
              >
                {nameOfDay(newest.occurredAt, now)}, {formatTime(newest.occurredAt)}
              </time>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

/** All of it is about the one that is open. */
const aboutIt = (sentence: string): string => sentence.replace(/(?<= )a specialization\b/, 'it');
