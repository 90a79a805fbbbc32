import { textsNow } from '../../../shared/texts/index.ts';
import { RotateCcw } from 'lucide-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import type { MemoryComparison, MemoryDto, MemoryVersionSummary } from '../../../shared/schemas/memory.ts';
import { reasonOf } from '../../api/failure-words.ts';
import { loci } from '../../api/loci.ts';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { useNow } from '../../components/use-now.ts';
import { formatMoment } from '../../text/quantities.ts';
import { useTexts } from '../../text/use-texts.ts';
import { offerToTakeBack } from '../undo/undo.ts';
import { causeInWords, changedFacts, endOf } from './history-words.ts';
import './history-view.css';
import { WordDiff } from './word-diff.tsx';

interface HistoryViewProps {
  readonly memory: MemoryDto;
  readonly isFixed: boolean;
  /** After an earlier state was made the present one. */
  readonly onRestored: (memory: MemoryDto) => void;
}

const pageSize = 100;

/** What a memory was like before, and what changed since. */
export function HistoryView({ memory, isFixed, onRestored }: HistoryViewProps) {
  const texts = useTexts();
  const { id, version } = memory;
  const [versions, setVersions] = useState<readonly MemoryVersionSummary[]>();
  const [hasMore, setMore] = useState(false);
  const [chosen, setChosen] = useState<number>();
  const [isStep, setStep] = useState(false);
  const [failure, setFailure] = useState<string>();
  const [compared, setCompared] = useState<MemoryComparison>();
  const list = useRef<HTMLDivElement>(null);
  const name = useId();
  const now = useNow();

  useEffect(() => {
    let isGone = false;
    loci.memories.versions({ id, before: version, limit: pageSize }).then(
      (found) => {
        if (isGone) return;
        setVersions(found);
        setMore(found.length === pageSize);
        setChosen((before) => (found.some(({ number }) => number === before) ? before : found[0]?.number));
      },
      (error: unknown) => isGone || setFailure(reasonOf(error)),
    );
    return () => {
      isGone = true;
    };
  }, [id, version]);

  const at = versions?.findIndex(({ number }) => number === chosen) ?? -1;
  const to = isStep && at > 0 ? (versions?.[at - 1]?.number ?? version) : version;

  useEffect(() => {
    if (chosen === undefined) return undefined;
    let isGone = false;
    loci.memories.compare({ id, from: chosen, to }).then(
      (comparison) => {
        if (isGone) return;
        setCompared(comparison);
        setFailure(undefined);
      },
      (error: unknown) => isGone || setFailure(reasonOf(error)),
    );
    return () => {
      isGone = true;
    };
  }, [id, chosen, to]);

  // Whoever opens the history wants to go through it.
  const isThere = versions !== undefined && versions.length > 0;
  useEffect(() => {
    if (isThere) list.current?.focus();
  }, [isThere]);

  async function loadMore(): Promise<void> {
    const before = versions?.at(-1)?.number;
    if (before === undefined) return;
    try {
      const found = await loci.memories.versions({ id, before, limit: pageSize });
      setVersions([...(versions ?? []), ...found]);
      setMore(found.length === pageSize);
    } catch (error) {
      setFailure(reasonOf(error));
    }
  }

  async function restore(number: number): Promise<void> {
    setFailure(undefined);
    try {
      const restored = await loci.memories.restoreVersion({ id, version, number });
      onRestored(restored);
      offerToTakeBack(
        () => textsNow().memory.past.restored,
        async () => {
          onRestored(await loci.memories.restoreVersion({ id, version: restored.version, number: version }));
          return 0;
        },
      );
    } catch (error) {
      setFailure(reasonOf(error));
    }
  }

  function choose({ target }: MouseEvent): void {
    const option = target instanceof Element ? target.closest<HTMLElement>('[data-place]') : null;
    const pointedAt = versions?.[Number(option?.dataset['place'])];
    if (pointedAt) setChosen(pointedAt.number);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: (versions?.length ?? 0) - 1 }[event.key];
    if (event.key === 'Enter' && chosen !== undefined && !isFixed) {
      event.preventDefault();
      void restore(chosen);
    }
    const target = next === undefined ? undefined : versions?.[next];
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (!target) return;
    setChosen(target.number);
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' });
  }

  if (failure !== undefined && versions === undefined) {
    return (
      <Notice tone="danger" title={texts.memory.past.unreadable}>
        <p>{failure}</p>
      </Notice>
    );
  }
  if (versions?.length === 0) {
    return <p className="history__none">{texts.memory.past.none}</p>;
  }

  const facts = compared ? changedFacts(compared.from, compared.to, texts) : [];
  const isSame =
    compared !== undefined &&
    facts.length === 0 &&
    [...compared.title, ...compared.content].every(({ kind }) => kind === 'same');
  return (
    <div className="history">
      <div className="history__versions">
        <div
          className="history__list"
          role="listbox"
          aria-label={texts.memory.past.versions}
          aria-activedescendant={at >= 0 ? `${name}-${at}` : undefined}
          tabIndex={0}
          ref={list}
          onKeyDown={onKeyDown}
          onClick={choose}
        >
          {(versions ?? []).map((one, place) => (
            <div
              className="history__version"
              key={one.number}
              id={`${name}-${place}`}
              role="option"
              aria-selected={one.number === chosen}
              title={texts.memory.past.until(formatMoment(one.endedAt))}
              tabIndex={-1}
              data-place={place}
            >
              <span className="history__when">{endOf(one, now, texts)}</span>
              <span className="history__cause">{causeInWords(one.cause, texts)}</span>
            </div>
          ))}
        </div>
        {hasMore && (
          <Button tone="quiet" onClick={() => void loadMore()}>
            {texts.memory.past.earlier}
          </Button>
        )}
      </div>
      <div className="history__diff">
        <div className="history__bar">
          <fieldset className="history__scope">
            <legend className="only-read-out">{texts.memory.past.scope}</legend>
            {[
              { step: false, label: texts.memory.past.untilNow },
              { step: true, label: texts.memory.past.oneStep },
            ].map(({ step, label }) => (
              <label className="history__choice" key={label}>
                <input
                  type="radio"
                  name={`${name}-scope`}
                  checked={isStep === step}
                  onChange={() => setStep(step)}
                />
                {label}
              </label>
            ))}
          </fieldset>
          <Button
            icon={RotateCcw}
            aria-disabled={chosen === undefined || isFixed}
            onClick={() => {
              if (chosen !== undefined && !isFixed) void restore(chosen);
            }}
          >
            {texts.memory.past.restore}
          </Button>
        </div>
        {failure !== undefined && (
          <p className="history__failure" role="alert">
            {failure}
          </p>
        )}
        {compared && (
          <div className="history__text" aria-live="polite">
            {compared.title.some(({ kind }) => kind !== 'same') && (
              <div className="history__title">
                <WordDiff parts={compared.title} />
              </div>
            )}
            {facts.map((line) => (
              <p className="history__fact" key={line} dir="auto">
                {line}
              </p>
            ))}
            {isSame && <p className="history__fact">{texts.memory.past.same}</p>}
            <WordDiff parts={compared.content} />
          </div>
        )}
      </div>
    </div>
  );
}
