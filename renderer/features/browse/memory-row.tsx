import { Pin } from 'lucide-react';
import { memo } from 'react';
import type { MemorySummary } from '../../../shared/schemas/memory.ts';
import { useTags } from '../../api/overview.ts';
import { useSummary } from '../../api/summaries.ts';
import { formatTime, nameOfDay } from '../../text/days.ts';
import { importanceInWords } from '../../text/importance.ts';
import { listText } from '../../text/preview.ts';
import { formatMoment } from '../../text/quantities.ts';
import { useTexts } from '../../text/use-texts.ts';
import { TagDot } from '../tags/tag-dot.tsx';
import type { Density } from './list-settings.ts';
import './memory-row.css';

/** From here on the list says how important a memory is. */
const leastImportant = 0.7;

export interface MemoryRowProps {
  readonly id: string;
  readonly domId: string;
  readonly top: number;
  readonly row: number;
  readonly setSize: number;
  readonly density: Density;
  readonly isSelected: boolean;
  readonly isCursor: boolean;
  readonly isOpen: boolean;
  /** The day stands above; otherwise each row says it. */
  readonly saysDay: boolean;
  /** Days until it is gone, for what is in the trash. */
  readonly keepDays: number | null | undefined;
  readonly now: Date;
}

/** A memory in a list: what it says, and one quiet line about it. */
export const MemoryRow = memo(function MemoryRow(props: MemoryRowProps) {
  const { id, domId, top, row, setSize, density, isSelected, isCursor, isOpen } = props;
  const summary = useSummary(id);
  return (
    <div
      className={`memory-row memory-row--${density}`}
      id={domId}
      role="option"
      aria-selected={isSelected}
      aria-posinset={row + 1}
      aria-setsize={setSize}
      data-row={row}
      data-cursor={isCursor || undefined}
      data-open={isOpen || undefined}
      draggable
      style={{ transform: `translateY(${top}px)` }}
    >
      {summary ? <Words summary={summary} {...props} /> : <Skeleton density={density} />}
    </div>
  );
});

function Words({ summary, density, saysDay, keepDays, now }: MemoryRowProps & { summary: MemorySummary }) {
  const texts = useTexts();
  const { heading, text } = listText(summary.title, summary.preview);
  const time = <RowTime at={summary.occurredAt} saysDay={saysDay} now={now} />;
  const pin = summary.pinned && <RowPin />;
  if (density === 'compact') {
    return (
      <>
        {pin}
        <span className="memory-row__line">
          <bdi className="memory-row__heading">{heading}</bdi>
          {text !== '' && <bdi className="memory-row__text">{text}</bdi>}
        </span>
        <RowTags ids={summary.tagIds} most={3} dotsOnly />
        {time}
      </>
    );
  }
  return (
    <>
      <p className="memory-row__heading" dir="auto" data-alone={text === '' || undefined}>
        {pin}
        {heading}
      </p>
      {text !== '' && (
        <p className="memory-row__text" dir="auto">
          {text}
        </p>
      )}
      <p className="memory-row__meta">
        {keepDays === undefined ? (
          time
        ) : (
          <DaysLeft deletedAt={summary.deletedAt} keepDays={keepDays} now={now} />
        )}
        {summary.importance >= leastImportant && (
          <span className="memory-row__important">{importanceInWords(summary.importance, texts)}</span>
        )}
        <RowTags ids={summary.tagIds} most={3} />
      </p>
    </>
  );
}

export function RowTime({ at, saysDay, now }: { at: string; saysDay: boolean; now: Date }) {
  const day = saysDay ? `${nameOfDay(at, now)}, ` : '';
  return (
    <time className="memory-row__time" dateTime={at} title={formatMoment(at)}>
      {day}
      {formatTime(at)}
    </time>
  );
}

export function RowPin() {
  const texts = useTexts();
  return (
    <span className="memory-row__pin" role="img" aria-label={texts.browse.pinned}>
      <Pin size={12} strokeWidth={2} aria-hidden="true" />
    </span>
  );
}

/** When what is in the trash goes by itself. */
function DaysLeft({
  deletedAt,
  keepDays,
  now,
}: {
  deletedAt: string | null;
  keepDays: number | null;
  now: Date;
}) {
  const texts = useTexts();
  if (deletedAt === null || keepDays === null) return <span>{texts.browse.trash.kept}</span>;
  const goneAt = new Date(deletedAt).getTime() + keepDays * 86_400_000;
  const left = Math.ceil((goneAt - now.getTime()) / 86_400_000);
  if (left <= 0) return <span className="memory-row__last">{texts.browse.trash.soon}</span>;
  return (
    <span className={left <= 3 ? 'memory-row__last' : undefined}>{texts.browse.trash.daysLeft(left)}</span>
  );
}

export function RowTags({
  ids,
  most,
  dotsOnly = false,
}: {
  ids: readonly string[];
  most: number;
  dotsOnly?: boolean;
}) {
  const tags = useTags();
  const known = ids.flatMap((id) => tags.get(id) ?? []).toSorted((a, b) => b.memories - a.memories);
  if (known.length === 0) return null;
  const shown = known.slice(0, most);
  const more = known.length - shown.length;
  return (
    <span className="memory-row__tags">
      {shown.map(({ id, name, colour }) => (
        <span className="memory-row__tag" key={id} title={dotsOnly ? name : undefined}>
          <TagDot colour={colour} />
          <bdi className={dotsOnly ? 'only-read-out' : undefined}>{name}</bdi>
        </span>
      ))}
      {more > 0 && <span>+{more}</span>}
    </span>
  );
}

function Skeleton({ density }: { density: Density }) {
  const texts = useTexts();
  return (
    <span className="memory-row__skeleton">
      <span className="only-read-out">{texts.browse.notRead}</span>
      <span className="placeholder placeholder--short" />
      {density === 'comfortable' && <span className="placeholder placeholder--long" />}
    </span>
  );
}
