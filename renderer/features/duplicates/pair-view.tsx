import { ArrowLeft, ChevronLeft, ChevronRight } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Texts } from '../../../shared/texts/index.ts';
import type { MemoryDto } from '../../../shared/schemas/memory.ts';
import { diffWords } from '../../../shared/text/word-diff.ts';
import { useDeeds, type Deeds } from '../../commands/deeds.ts';
import { useSaidKeys } from '../../commands/said-keys.ts';
import { Actions } from '../../components/actions.tsx';
import { Button } from '../../components/button.tsx';
import { IconButton } from '../../components/icon-button.tsx';
import { Notice } from '../../components/notice.tsx';
import { useIsLasting } from '../../components/use-is-lasting.ts';
import { useIsNarrow } from '../../components/use-is-narrow.ts';
import { addressOfView, type Pair } from '../../navigation/place.ts';
import { useTexts } from '../../text/use-texts.ts';
import { likenessFigures, likenessWords, whatRemains } from './likeness-words.ts';
import { isMergeOpen, openMerge } from './begun-merges.ts';
import { MergeEditor } from './merge-editor.tsx';
import { keepOne, sayDifferent } from './pair-deeds.ts';
import { usePairMemories } from './pair-memories.ts';
import { PairSide } from './pair-side.tsx';
import { keyOfPair, type LookAlikeGroup } from './pairs.ts';
import './pair-view.css';
import { useEscape } from './use-escape.ts';

interface PairViewProps {
  readonly pair: Pair;
  /** What the two belong to; undefined when they are not in the list, or not yet. */
  readonly group: LookAlikeGroup | undefined;
  /** From 1, among all of them. */
  readonly place: number | undefined;
  readonly total: number;
  readonly hasMore: boolean;
  readonly onStep: (step: 1 | -1) => void;
  /** The two are decided about. */
  readonly onDone: () => Promise<void>;
  readonly onLeave: () => void;
}

const settledAfterMs = 500;

/** Two memories side by side, and what can be decided about them. */
export function PairView({ pair, group, place, total, hasMore, onStep, onDone, onLeave }: PairViewProps) {
  const texts = useTexts();
  const { shown, retry } = usePairMemories(pair);
  // Also before the two have been read: whoever knows the way need not wait.
  const unlessMerging = (deed: () => void) => () => {
    const isMerging = isMergeOpen(pair);
    if (!isMerging) deed();
    return !isMerging;
  };
  useDeeds('pair', {
    'pair.next': unlessMerging(() => onStep(1)),
    'pair.previous': unlessMerging(() => onStep(-1)),
  });
  useEscape(unlessMerging(onLeave));
  const saidKeys = useSaidKeys();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  // The one before stays in view until this one has been read.
  const [before, setBefore] = useState<{ readonly left: MemoryDto; readonly right: MemoryDto }>();
  if (shown?.state === 'there' && shown !== before) setBefore(shown);
  // What was decided here is left for the next pair before one could read that it is settled.
  const isSettled = useIsLasting(shown?.state === 'settled', settledAfterMs);
  const isBetween = shown === undefined || (shown.state === 'settled' && !isSettled);
  const two = isBetween ? before : shown.state === 'there' ? shown : undefined;

  return (
    <div className="pair-view" data-command-place-of-page="pair">
      <nav className="pair-view__bar" aria-label={texts.duplicates.pair.pairs}>
        <a
          className="pair-view__back"
          href={addressOfView({ kind: 'duplicates' })}
          draggable={false}
          onClick={(event) => {
            event.preventDefault();
            onLeave();
          }}
        >
          <ArrowLeft size={16} strokeWidth={1.75} aria-hidden="true" /> {texts.duplicates.title}
        </a>
        {place !== undefined && (
          <output className="pair-view__place">
            {hasMore
              ? texts.duplicates.pair.placeOfMore(place, total)
              : texts.duplicates.pair.place(place, total)}
          </output>
        )}
        <IconButton
          label={texts.duplicates.pair.previous}
          shortcut={saidKeys('pair.previous')}
          icon={ChevronLeft}
          aria-disabled={place === undefined || place <= 1}
          onClick={() => onStep(-1)}
        />
        <IconButton
          label={texts.duplicates.pair.next}
          shortcut={saidKeys('pair.next')}
          icon={ChevronRight}
          aria-disabled={place !== undefined && place >= total}
          onClick={() => onStep(1)}
        />
      </nav>
      <div className="pair-view__head">
        <h1 className="pair-view__title" tabIndex={-1} ref={heading}>
          {group ? headingOf(group, texts) : texts.duplicates.pair.sideBySide}
        </h1>
        {group && !group.areCopies && <p className="pair-view__figures">{likenessFigures(group, texts)}</p>}
      </div>
      {shown?.state === 'failed' && (
        <Notice tone="danger" title={texts.duplicates.pair.unreadable}>
          <p>{shown.reason}</p>
          <Actions actions={[{ label: texts.actions.tryAgain, run: async () => retry() }]} />
        </Notice>
      )}
      {isSettled && (
        <Notice tone="quiet" title={texts.duplicates.pair.settled}>
          <p>{texts.duplicates.pair.settledText}</p>
          <Actions actions={[{ label: texts.duplicates.pair.goOn, run: onDone }]} />
        </Notice>
      )}
      {two && (
        <Decision
          key={keyOfPair([two.left.id, two.right.id])}
          left={two.left}
          right={two.right}
          group={group}
          isWaiting={isBetween}
          onDone={onDone}
        />
      )}
    </div>
  );
}

function headingOf(group: LookAlikeGroup, texts: Texts): string {
  const likeness = likenessWords(group, texts);
  return group.count > 2 ? texts.duplicates.likeness.ofThem(likeness, group.count) : likeness;
}

interface DecisionProps extends Pick<PairViewProps, 'group' | 'onDone'> {
  readonly left: MemoryDto;
  readonly right: MemoryDto;
  readonly isWaiting: boolean;
}

/** Up to here whole texts are shown; of longer ones the stretches that are the same are folded. */
const longest = 6_000;

function Decision({ left, right, group, isWaiting, onDone }: DecisionProps) {
  const texts = useTexts();
  const isNarrow = useIsNarrow();
  const [isMerging, setMerging] = useState(isMergeOpen([left.id, right.id]));
  const [isBusy, setBusy] = useState(false);
  const title = useMemo(() => diffWords(left.title ?? '', right.title ?? ''), [left.title, right.title]);
  const content = useMemo(() => diffWords(left.content, right.content), [left.content, right.content]);
  const copies = group?.areCopies === true && group.count > 2 ? group : undefined;

  function merge(isWanted: boolean): void {
    openMerge(isWanted ? [left.id, right.id] : undefined);
    setMerging(isWanted);
  }

  async function decide(deed: () => Promise<boolean>): Promise<void> {
    if (isBusy || isWaiting) return;
    setBusy(true);
    if (await deed()) await onDone();
    setBusy(false);
  }

  const deeds = {
    'pair.keepFirst': () => void decide(() => keepOne(left, [right])),
    'pair.keepSecond': () => void decide(() => keepOne(right, [left])),
    'pair.keepOneOfAll': copies && (() => void decide(() => keepOne(left, othersOf(copies, left)))),
    'pair.merge': () => isWaiting || merge(true),
    'pair.apart': () => void decide(() => sayDifferent(left, right)),
  } satisfies Deeds;
  useDeeds('pair', isMerging ? {} : deeds);
  useEscape(() => isMerging && merge(false));
  const saidKeys = useSaidKeys();

  const isWhole = Math.max(left.content.length, right.content.length) <= longest;
  return (
    <>
      {isMerging ? (
        <MergeEditor
          left={left}
          right={right}
          isNarrow={isNarrow}
          onMerged={() => {
            merge(false);
            void onDone();
          }}
          onLeave={() => merge(false)}
        />
      ) : (
        <>
          <div className="pair-view__deeds" role="toolbar" aria-label={texts.duplicates.pair.deeds}>
            <Button aria-disabled={isBusy || undefined} onClick={deeds['pair.keepFirst']}>
              {isNarrow ? texts.duplicates.pair.keepUpper : texts.duplicates.pair.keepLeft}{' '}
              <Keys words={saidKeys('pair.keepFirst')} />
            </Button>
            <Button aria-disabled={isBusy || undefined} onClick={deeds['pair.keepSecond']}>
              {isNarrow ? texts.duplicates.pair.keepLower : texts.duplicates.pair.keepRight}{' '}
              <Keys words={saidKeys('pair.keepSecond')} />
            </Button>
            {copies && (
              <Button aria-disabled={isBusy || undefined} onClick={deeds['pair.keepOneOfAll']}>
                {texts.duplicates.pair.keepOneOfAll(othersOf(copies, left).length + 1)}{' '}
                <Keys words={saidKeys('pair.keepOneOfAll')} />
              </Button>
            )}
            <Button onClick={deeds['pair.merge']}>
              {texts.duplicates.pair.merge} <Keys words={saidKeys('pair.merge')} />
            </Button>
            <Button
              className="pair-view__apart"
              aria-disabled={isBusy || undefined}
              onClick={deeds['pair.apart']}
            >
              {texts.duplicates.pair.different} <Keys words={saidKeys('pair.apart')} />
            </Button>
          </div>
          <p className="pair-view__remains">{whatRemains(left, right, texts)}</p>
        </>
      )}
      <div className="pair-view__sides" data-waiting={isWaiting || undefined}>
        <PairSide
          memory={left}
          other={right}
          side="before"
          isNarrow={isNarrow}
          title={title}
          content={content}
          isWhole={isWhole}
        />
        <PairSide
          memory={right}
          other={left}
          side="after"
          isNarrow={isNarrow}
          title={title}
          content={content}
          isWhole={isWhole}
        />
      </div>
    </>
  );
}

const Keys = ({ words }: { words: string | undefined }) => words !== undefined && <kbd>{words}</kbd>;

/** So many are merged in one go. */
const mostAtOnce = 50;
const othersOf = ({ memories }: LookAlikeGroup, { id }: MemoryDto) =>
  memories.filter((memory) => memory.id !== id).slice(0, mostAtOnce);
