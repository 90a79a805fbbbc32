import { Pin } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Texts } from '../../../shared/texts/index.ts';
import type { MemoryComparison, MemoryDto } from '../../../shared/schemas/memory.ts';
import { addressOf } from '../../navigation/place.ts';
import { importanceInWords } from '../../text/importance.ts';
import { formatDay, formatMoment } from '../../text/quantities.ts';
import { useTexts } from '../../text/use-texts.ts';
import { WordDiff } from '../memory/word-diff.tsx';
import { firstLineOf } from '../memory/title-of.ts';
import { TagDot } from '../tags/tag-dot.tsx';
import './pair-side.css';

interface PairSideProps {
  readonly memory: MemoryDto;
  readonly other: MemoryDto;
  readonly side: 'before' | 'after';
  /** Above each other there is no left and right. */
  readonly isNarrow: boolean;
  readonly title: MemoryComparison['title'];
  readonly content: MemoryComparison['content'];
  readonly isWhole: boolean;
}

/** One of two memories that are compared, with what the other has not marked. */
export function PairSide({ memory, other, side, isNarrow, title, content, isWhole }: PairSideProps) {
  const texts = useTexts();
  const names = namesOf(side, isNarrow, texts);
  const heading = memory.title ?? firstLineOf(memory.content);
  const importance = importanceInWords(memory.importance, texts);
  return (
    <article className="pair-side" aria-label={names.label(heading)}>
      <header className="pair-side__head">
        <h2 className="pair-side__title">
          {memory.title === null ? (
            <span className="pair-side__untitled">{texts.duplicates.pair.noTitle}</span>
          ) : (
            <WordDiff parts={title} side={side} isWhole />
          )}
        </h2>
        <a
          className="pair-side__open"
          href={addressOf({ view: { kind: 'memories' }, open: memory.id })}
          aria-label={names.open}
          draggable={false}
        >
          {texts.duplicates.pair.open}
        </a>
      </header>
      <p className="pair-side__facts">
        <Own isOwn={formatDay(memory.occurredAt) !== formatDay(other.occurredAt)}>
          <span title={formatMoment(memory.occurredAt)}>{formatDay(memory.occurredAt)}</span>
        </Own>
        {' · '}
        <Own isOwn={importance !== importanceInWords(other.importance, texts)}>{importance}</Own>
        {memory.pinned && (
          <>
            {' · '}
            <Own isOwn={!other.pinned}>
              <Pin className="pair-side__pin" size={12} strokeWidth={2} aria-hidden="true" />{' '}
              {texts.duplicates.pair.pinned}
            </Own>
          </>
        )}
      </p>
      <ul className="pair-side__tags" aria-label={texts.duplicates.pair.tags}>
        {memory.tags.map((tag) => (
          <li key={tag.id} className="pair-side__tag">
            <TagDot colour={tag.colour} />
            <Own isOwn={other.tags.every(({ id }) => id !== tag.id)}>
              <bdi>{tag.name}</bdi>
            </Own>
          </li>
        ))}
      </ul>
      <div className="pair-side__text">
        {memory.content === '' ? (
          <p className="pair-side__untitled">{texts.duplicates.pair.noText}</p>
        ) : (
          <WordDiff parts={content} side={side} isWhole={isWhole} />
        )}
      </div>
    </article>
  );
}

/** As it is called, and the way to it, by where it stands. */
function namesOf(side: 'before' | 'after', isNarrow: boolean, texts: Texts) {
  if (isNarrow)
    return side === 'before'
      ? { label: texts.duplicates.pair.upper, open: texts.duplicates.pair.openUpper }
      : { label: texts.duplicates.pair.lower, open: texts.duplicates.pair.openLower };
  return side === 'before'
    ? { label: texts.duplicates.pair.left, open: texts.duplicates.pair.openLeft }
    : { label: texts.duplicates.pair.right, open: texts.duplicates.pair.openRight };
}

const Own = ({ isOwn, children }: { isOwn: boolean; children: ReactNode }) =>
  isOwn ? <mark className="pair-side__own">{children}</mark> : children;
