import { Popover } from '@base-ui/react/popover';
import { useCallback, useEffect, useRef, useState, type PointerEvent } from 'react';
import type { Texts } from '../../../shared/texts/index.ts';
import { formatFigure } from '../../text/figures.ts';
import { useTexts } from '../../text/use-texts.ts';
import '../search/hit-row.css';
import '../search/reason-popover.css';
import type { SpecializationHit } from './specialization-search.ts';

const partNames = ['meaning', 'words'] as const;

/** What makes it stand where it does, at its edge. */
export function AdapterReasonBar({ hit }: { hit: SpecializationHit | undefined }) {
  if (!hit) return null;
  const { contributions, isRelevant } = hit;
  const all = contributions.meaning + contributions.words;
  if (all <= 0) return null;
  return (
    <span className="hit__reason" data-reason data-further={!isRelevant || undefined} aria-hidden="true">
      {partNames.map((part) =>
        // Less would be a dot that says nothing.
        contributions[part] / all > 0.03 ? (
          <span
            key={part}
            className={`reason-bar__part reason-bar__part--${part}`}
            style={{ flexGrow: (contributions[part] / all) * 100 }}
          />
        ) : null,
      )}
    </span>
  );
}

/** "Its memories are about this (0.62); contains drip, garden." */
export function reasonOfHit(
  { meaning, matchedWords, contributions }: SpecializationHit,
  texts: Texts,
): string {
  const isNear = meaning !== null && contributions.meaning > 0;
  const near = isNear
    ? meaning.by === 'memories'
      ? texts.specializations.reason.memories(formatFigure(meaning.cosine))
      : texts.specializations.reason.meaning(formatFigure(meaning.cosine))
    : '';
  const words = matchedWords.length > 0 ? texts.specializations.reason.contains(matchedWords) : '';
  const said = [near, words].filter((part) => part !== '').join('; ');
  return said === ''
    ? texts.specializations.reason.filters
    : `${said.charAt(0).toUpperCase()}${said.slice(1)}.`;
}

interface Asked {
  readonly id: string;
  readonly anchor: Element;
  readonly takesFocus: boolean;
}

const restMs = 180;
const leaveMs = 220;

/** Opens the reason of a hit whose bar is pointed at, or that is asked for by the keyboard. */
export function useAdapterReason(hits: ReadonlyMap<string, SpecializationHit>) {
  const [asked, setAsked] = useState<Asked>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const now = asked?.anchor.isConnected ? asked : undefined;
  const close = useCallback(() => {
    clearTimeout(timer.current);
    setAsked(undefined);
  }, []);
  const leave = () => {
    clearTimeout(timer.current);
    if (now && !now.takesFocus) timer.current = setTimeout(close, leaveMs);
  };
  const ask = (next: Asked) => {
    clearTimeout(timer.current);
    setAsked(next);
  };
  return {
    /** False when there is nothing to say. */
    askByKey(id: string | undefined): boolean {
      const anchor = document.querySelector('.adapter-list [data-cursor]');
      if (id === undefined || !anchor || !hits.has(id)) return false;
      ask({ id, anchor, takesFocus: true });
      return true;
    },
    onPointerMove({ target }: PointerEvent): void {
      const bar = target instanceof Element ? target.closest('[data-reason]') : null;
      const row = bar?.closest<HTMLElement>('[data-adapter]');
      const id = row?.dataset['adapter'];
      if (!row || id === undefined) return leave();
      clearTimeout(timer.current);
      if (now?.id !== id)
        timer.current = setTimeout(() => ask({ id, anchor: row, takesFocus: false }), restMs);
      return undefined;
    },
    popover: (
      <ReasonPopover
        asked={now}
        hit={now && hits.get(now.id)}
        onClose={close}
        onEnter={() => clearTimeout(timer.current)}
        onLeave={leave}
      />
    ),
  };
}

interface ReasonPopoverProps {
  readonly asked: Asked | undefined;
  readonly hit: SpecializationHit | undefined;
  readonly onClose: () => void;
  readonly onEnter: () => void;
  readonly onLeave: () => void;
}

function ReasonPopover({ asked, hit, onClose, onEnter, onLeave }: ReasonPopoverProps) {
  const texts = useTexts();
  const most = hit ? Math.max(hit.contributions.meaning, hit.contributions.words) : 0;
  return (
    <Popover.Root open={asked !== undefined && hit !== undefined} onOpenChange={(open) => open || onClose()}>
      <Popover.Portal>
        <Popover.Positioner
          className="menu__place"
          anchor={asked?.anchor ?? null}
          side="bottom"
          align="start"
          sideOffset={4}
          collisionPadding={8}
        >
          <Popover.Popup
            className="reason"
            aria-label={texts.specializations.reason.title}
            initialFocus={asked?.takesFocus ?? false}
            finalFocus={() => document.querySelector<HTMLElement>('.adapter-list') ?? false}
            onPointerEnter={onEnter}
            onPointerLeave={onLeave}
          >
            {hit && (
              <>
                <p className="reason__words">{reasonOfHit(hit, texts)}</p>
                {most > 0 && (
                  <dl className="reason__parts">
                    {partNames.map((part) => (
                      <div className="reason__part" key={part}>
                        <dt>{texts.specializations.reason.parts[part]}</dt>
                        <dd>
                          <span className="reason__track" aria-hidden="true">
                            <span
                              className={`reason__amount reason-bar__part--${part}`}
                              style={{ width: `${(hit.contributions[part] / most) * 100}%` }}
                            />
                          </span>
                          <span className="reason__number">{formatFigure(hit.contributions[part])}</span>
                        </dd>
                      </div>
                    ))}
                  </dl>
                )}
              </>
            )}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
