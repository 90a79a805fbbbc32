import { Pin } from 'lucide-react';
import type { ReactNode } from 'react';
import type { MemoryComparison, MemoryDto } from '../../../shared/schemas/memory.ts';
import { addressOf } from '../../navigation/place.ts';
import { nearestStep } from '../../text/importance.ts';
import { formatDay, formatMoment } from '../../text/quantities.ts';
import { WordDiff } from '../memory/word-diff.tsx';
import { firstLineOf } from '../memory/title-of.ts';
import { TagDot } from '../tags/tag-dot.tsx';
import './pair-side.css';

interface PairSideProps {
  readonly memory: MemoryDto;
  readonly other: MemoryDto;
  readonly side: 'before' | 'after';
  /** Where it stands: "left". */
  readonly name: string;
  readonly title: MemoryComparison['title'];
  readonly content: MemoryComparison['content'];
  readonly isWhole: boolean;
}

/** One of two memories that are compared, with what the other has not marked. */
export function PairSide({ memory, other, side, name, title, content, isWhole }: PairSideProps) {
  const heading = memory.title ?? firstLineOf(memory.content);
  const importance = nearestStep(memory.importance).word;
  return (
    <article className="pair-side" aria-label={`The ${name} one: ${heading}`}>
      <header className="pair-side__head">
        <h2 className="pair-side__title">
          {memory.title === null ? (
            <span className="pair-side__untitled">Without a title</span>
          ) : (
            <WordDiff parts={title} side={side} isWhole />
          )}
        </h2>
        <a
          className="pair-side__open"
          href={addressOf({ view: { kind: 'memories' }, open: memory.id })}
          aria-label={`Open the ${name} one`}
          draggable={false}
        >
          Open
        </a>
      </header>
      <p className="pair-side__facts">
        <Own isOwn={formatDay(memory.occurredAt) !== formatDay(other.occurredAt)}>
          <span title={formatMoment(memory.occurredAt)}>{formatDay(memory.occurredAt)}</span>
        </Own>
        {' · '}
        <Own isOwn={importance !== nearestStep(other.importance).word}>{importance}</Own>
        {memory.pinned && (
          <>
            {' · '}
            <Own isOwn={!other.pinned}>
              <Pin className="pair-side__pin" size={12} strokeWidth={2} aria-hidden="true" /> Pinned
            </Own>
          </>
        )}
      </p>
      <ul className="pair-side__tags" aria-label="Tags">
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
          <p className="pair-side__untitled">Without a text</p>
        ) : (
          <WordDiff parts={content} side={side} isWhole={isWhole} />
        )}
      </div>
    </article>
  );
}

const Own = ({ isOwn, children }: { isOwn: boolean; children: ReactNode }) =>
  isOwn ? <mark className="pair-side__own">{children}</mark> : children;
