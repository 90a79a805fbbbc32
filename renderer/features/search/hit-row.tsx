import { memo, type ReactNode } from 'react';
import type { SearchHit, SearchReasons } from '../../../shared/schemas/search.ts';
import type { MemorySummary } from '../../../shared/schemas/memory.ts';
import { useSummary } from '../../api/summaries.ts';
import { useTexts } from '../../text/use-texts.ts';
import { RowPin, RowTags, RowTime, type MemoryRowProps } from '../browse/memory-row.tsx';
import { aroundFocus, occurrences, piecesOf, relativeTo, type Piece, type Span } from './hit-text.ts';
import { useReasons } from './hit-reasons.ts';
import './hit-row.css';
import { useHits, type HitsInView } from './hits-in-view.ts';
import { reasonParts } from './reason-parts.ts';

/** A hit: what it says where it matches, and at its edge why it is there. */
export const HitRow = memo(function HitRow(props: MemoryRowProps) {
  const { id, domId, top, row, setSize, density, isSelected, isCursor, isOpen } = props;
  const inView = useHits();
  const hit = inView?.hits.get(id);
  return (
    <div
      className={`memory-row memory-row--${density} hit`}
      id={domId}
      role="option"
      aria-selected={isSelected}
      aria-posinset={row + 1}
      aria-setsize={setSize}
      data-row={row}
      data-hit={id}
      data-cursor={isCursor || undefined}
      data-open={isOpen || undefined}
      draggable
      style={{ transform: `translateY(${top}px)` }}
    >
      {inView && hit && <HitWords {...props} inView={inView} hit={hit} />}
    </div>
  );
});

interface HitWordsProps extends MemoryRowProps {
  readonly inView: HitsInView;
  readonly hit: SearchHit;
}

function HitWords({ id, density, saysDay, now, inView, hit }: HitWordsProps) {
  const texts = useTexts();
  const latest = useSummary(id);
  const summary = hit.asOf ? hit.memory : (latest ?? hit.memory);
  const { reasons, isFresh } = useReasons(inView.wish, id);
  const { heading, text } = shownOf(summary, hit, reasons, isFresh);
  const bar = <ReasonBar hit={hit} />;
  if (density === 'compact') {
    return (
      <>
        {bar}
        {summary.pinned && <RowPin />}
        <span className="memory-row__line">
          <bdi className="memory-row__heading">{heading}</bdi>
          {text && <bdi className="memory-row__text">{text}</bdi>}
        </span>
        <RowTime at={summary.occurredAt} saysDay={saysDay} now={now} />
      </>
    );
  }
  return (
    <>
      {bar}
      <p className="memory-row__heading" dir="auto" data-alone={text === null || undefined}>
        {summary.pinned && <RowPin />}
        {heading}
      </p>
      {text && (
        <p className="memory-row__text" dir="auto">
          {text}
        </p>
      )}
      <p className="memory-row__meta">
        <RowTime at={summary.occurredAt} saysDay={saysDay} now={now} />
        {hit.asOf && !hit.asOf.isCurrent && <span>{texts.search.hit.asThen}</span>}
        {hit.copies.length > 0 && (
          <span className="hit__copies">{texts.search.hit.copies(hit.copies.length)}</span>
        )}
        {summary.importance >= 0.7 && (
          <span className="memory-row__important">{texts.search.hit.important}</span>
        )}
        {hit.asOf ? (
          <span>{hit.asOf.tags.slice(0, 3).join(', ')}</span>
        ) : (
          <RowTags ids={summary.tagIds} most={3} />
        )}
      </p>
    </>
  );
}

interface Shown {
  readonly heading: ReactNode;
  readonly text: ReactNode;
}

/** The title, or the first line, and the place in the text that matters, both with what matched in them. */
function shownOf(
  summary: MemorySummary,
  hit: SearchHit,
  reasons: SearchReasons | undefined,
  isFresh: boolean,
): Shown {
  const { title, preview } = summary;
  const known = isFresh ? reasons : undefined;
  const matchesIn = (text: string, start: number): readonly Span[] =>
    known ? relativeTo(known.content, start) : occurrences(text, hit.matchedWords);
  const nearestIn = (start: number): readonly Span[] =>
    known?.sentence && hit.matchedWords.length === 0 ? relativeTo([known.sentence], start) : [];
  const marked = (text: string, start: number): ReactNode =>
    asMarked(piecesOf(text, matchesIn(text, start), nearestIn(start)));

  const focus = reasons?.sentence?.start ?? reasons?.content[0]?.start ?? 0;
  const firstLine = /^\s*[^\n]*/.exec(preview)?.[0] ?? '';
  const body = title === null ? firstLine.length : 0;
  // The beginning shows so much of it by itself.
  const isFurther = reasons !== undefined && focus > (body > 120 ? 100 : body + 90);
  const excerpt =
    reasons && isFurther
      ? aroundFocus(reasons.excerpt, focus)
      : { start: body, text: preview.slice(body), isCut: false };
  const heading =
    title === null
      ? marked(firstLine, 0)
      : asMarked(piecesOf(title, known ? known.title : occurrences(title, hit.matchedWords)));
  const isEmpty = excerpt.text.trim() === '';
  return {
    heading,
    text: isEmpty ? null : (
      <>
        {excerpt.isCut && '… '}
        {marked(excerpt.text, excerpt.start)}
      </>
    ),
  };
}

function asMarked(pieces: readonly Piece[]): ReactNode {
  return pieces.map(({ text, isMatch, isNearest }, at) => {
    const words = isMatch ? <mark className="match">{text}</mark> : text;
    // Pieces of one text: their place is what they are.
    return isNearest ? (
      <span className="nearest" key={at}>
        {words}
      </span>
    ) : (
      <span key={at}>{words}</span>
    );
  });
}

/** What makes it stand where it does. */
function ReasonBar({ hit }: { hit: SearchHit }) {
  const parts = reasonParts(hit);
  const all = parts.reduce((sum, { amount }) => sum + amount, 0);
  if (all === 0) return null;
  return (
    <span className="hit__reason" data-reason data-further={!hit.isRelevant || undefined} aria-hidden="true">
      {parts.map(({ part, amount }) =>
        // Less would be a dot that says nothing.
        amount / all > 0.03 ? (
          <span
            key={part}
            className={`reason-bar__part reason-bar__part--${part}`}
            style={{ flexGrow: (amount / all) * 100 }}
          />
        ) : null,
      )}
    </span>
  );
}
