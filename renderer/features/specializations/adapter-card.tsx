import { useTexts } from '../../text/use-texts.ts';
import { memo } from 'react';
import { memoriesInWords } from '../../text/quantities.ts';
import { AdapterReasonBar } from './adapter-reason.tsx';
import { AdapterStatus, type AdapterItemProps } from './adapter-row.tsx';
import { formatName, shortModel, shortTargets, sizeInWords } from './adapter-words.ts';

/** A specialization as one sees it among others. */
export const AdapterCard = memo(function AdapterCard(props: AdapterItemProps) {
  const texts = useTexts();
  const { row, domId, at, of, top, column, columns, isSelected, isCursor, isOpen, reason } = props;
  const memories = row.training + row.reference;
  return (
    <div
      className="adapter-card"
      role="option"
      id={domId}
      aria-selected={isSelected}
      aria-posinset={at + 1}
      aria-setsize={of}
      data-hit={row.id}
      data-row={at}
      data-cursor={isCursor || undefined}
      data-open={isOpen || undefined}
      style={{
        transform: `translateY(${top}px)`,
        insetInlineStart: `calc(12px + ${column} * ((100% - 24px + 12px) / ${columns}))`,
        width: `calc((100% - 24px + 12px) / ${columns} - 12px)`,
      }}
    >
      <AdapterReasonBar hit={props.hit} />
      <p className="adapter-card__head">
        <bdi className="adapter-card__name">{row.name}</bdi>
        <AdapterStatus row={row} />
      </p>
      <p className="adapter-card__domain" dir="auto">
        {reason ?? row.domain}
      </p>
      <p className="adapter-card__model">
        {row.baseModel === null ? (
          texts.specializations.list.baseUnknown
        ) : (
          <bdi>{shortModel(row.baseModel)}</bdi>
        )}
      </p>
      <p className="adapter-card__targets">{shortTargets(row.targets)}</p>
      <p className="adapter-card__meta">
        {[
          row.rank === null ? '' : texts.specializations.list.rank(row.rank),
          row.format === null || row.format === 'safetensors' ? '' : formatName(row.format),
          row.fileSizeBytes === null ? '' : sizeInWords(row.fileSizeBytes),
          memories === 0 ? '' : memoriesInWords(memories),
        ]
          .filter((fact) => fact !== '')
          .join(' · ')}
      </p>
    </div>
  );
});
