import { useTexts } from '../../text/use-texts.ts';
import { textsNow } from '../../../shared/texts/index.ts';
import { CircleAlert, CornerDownRight, HardDrive } from 'lucide-react';
import { memo } from 'react';
import type { SpecializationRow } from '../../../shared/schemas/specialization-list.ts';
import { nameOfDay } from '../../text/days.ts';
import { formatCount, formatMoment, memoriesInWords } from '../../text/quantities.ts';
import { formatName, isAmiss, shortModel, sizeInWords, statusInWords } from './adapter-words.ts';
import { columns, type Column } from './list-choices.ts';
import { AdapterReasonBar } from './adapter-reason.tsx';
import type { SpecializationHit } from './specialization-search.ts';

export interface AdapterItemProps {
  readonly row: SpecializationRow;
  readonly domId: string;
  /** Its place in the list. */
  readonly at: number;
  readonly of: number;
  readonly top: number;
  /** Among cards, its place in their row. */
  readonly column: number;
  readonly columns: number;
  readonly isSelected: boolean;
  readonly isCursor: boolean;
  readonly isOpen: boolean;
  /** Of the adapter above it. */
  readonly isVersion: boolean;
  /** Why a search has found it. */
  readonly reason: string | undefined;
  readonly hit: SpecializationHit | undefined;
  readonly now: Date;
}

const shared = ({ domId, row, at, isCursor, isOpen }: AdapterItemProps) => ({
  id: domId,
  'data-hit': row.id,
  'data-row': at,
  'data-cursor': isCursor || undefined,
  'data-open': isOpen || undefined,
});

/** With its facts in columns. */
export const AdapterTableRow = memo(function AdapterTableRow(props: AdapterItemProps) {
  const { row, at, top, now } = props;
  return (
    <div
      className="adapter-row adapter-columns"
      role="row"
      aria-selected={props.isSelected}
      aria-rowindex={at + 2}
      style={{ transform: `translateY(${top}px)` }}
      {...shared(props)}
    >
      <AdapterReasonBar hit={props.hit} />
      {columns.map((column) => (
        <div key={column} role="gridcell" className={`adapter-columns__${column}`}>
          {cell(column, row, now, props)}
        </div>
      ))}
    </div>
  );
});

function cell(column: Column, row: SpecializationRow, now: Date, { reason, isVersion }: AdapterItemProps) {
  switch (column) {
    case 'name':
      return (
        <>
          <AdapterName name={row.name} isVersion={isVersion} />
          <AdapterStatus row={row} />
          {reason === undefined ? (
            row.domain !== '' && <bdi className="adapter-row__domain">{row.domain}</bdi>
          ) : (
            <span className="adapter-row__domain">{reason}</span>
          )}
        </>
      );
    case 'baseModel':
      return row.baseModel === null ? '–' : <bdi title={row.baseModel}>{shortModel(row.baseModel)}</bdi>;
    case 'rank':
      return row.rank ?? '–';
    case 'format':
      return row.format === null ? '–' : formatName(row.format);
    case 'size':
      return sizeInWords(row.fileSizeBytes);
    case 'memories':
      return row.training + row.reference === 0 ? '–' : formatCount(row.training + row.reference);
    case 'added':
      return (
        <time dateTime={row.createdAt} title={formatMoment(row.createdAt)}>
          {nameOfDay(row.createdAt, now)}
        </time>
      );
  }
}

function AdapterName({ name, isVersion }: { name: string; isVersion: boolean }) {
  const texts = useTexts();
  return (
    <>
      {isVersion && (
        <CornerDownRight
          className="adapter-row__version"
          size={14}
          strokeWidth={1.75}
          role="img"
          aria-label={texts.specializations.list.version}
        />
      )}
      <bdi className="adapter-row__name">{name}</bdi>
    </>
  );
}

/** What is amiss with its file, in a word; nothing when all is well. */
export function AdapterStatus({ row }: { row: Pick<SpecializationRow, 'status' | 'isCopy'> }) {
  const texts = useTexts();
  if (isAmiss(row.status))
    return (
      <span className="adapter-status adapter-status--amiss">
        <CircleAlert size={12} strokeWidth={2} aria-hidden="true" />
        {statusInWords(row.status)}
      </span>
    );
  if (row.status === 'draft') return <span className="adapter-status">{statusInWords(row.status)}</span>;
  return row.isCopy ? (
    <span className="adapter-status" title={texts.specializations.list.copied}>
      <HardDrive size={12} strokeWidth={2} aria-hidden="true" />
      <span className="only-read-out">{texts.specializations.list.copied}</span>
    </span>
  ) : null;
}

/** Where there is no room for columns: its name, and one quiet line. */
export const AdapterLine = memo(function AdapterLine(props: AdapterItemProps) {
  const { row, at, of, top, reason, isVersion } = props;
  return (
    <div
      className="adapter-line"
      role="option"
      aria-selected={props.isSelected}
      aria-posinset={at + 1}
      aria-setsize={of}
      style={{ transform: `translateY(${top}px)` }}
      {...shared(props)}
    >
      <AdapterReasonBar hit={props.hit} />
      <p className="adapter-line__head">
        <AdapterName name={row.name} isVersion={isVersion} />
        <AdapterStatus row={row} />
      </p>
      <p className="adapter-line__meta">{reason ?? factsInWords(row)}</p>
    </div>
  );
});

/** "Llama-3.1-8B · rank 16 · 168 MB · 12 memories" */
export function factsInWords(row: SpecializationRow): string {
  const texts = textsNow();
  const memories = row.training + row.reference;
  return [
    row.domain,
    row.baseModel === null ? '' : shortModel(row.baseModel),
    row.rank === null ? '' : texts.specializations.list.rank(row.rank),
    row.fileSizeBytes === null ? '' : sizeInWords(row.fileSizeBytes),
    memories === 0 ? '' : memoriesInWords(memories),
  ]
    .filter((fact) => fact !== '')
    .join(' · ');
}
