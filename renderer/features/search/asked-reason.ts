import { useCallback, useEffect, useRef, useState, type PointerEvent } from 'react';
import { isAtRest } from './pointer-at-rest.ts';

/** The hit whose reason is shown. */
export interface AskedReason {
  readonly id: string;
  readonly anchor: Element;
  /** By the keyboard it takes the focus; the pointer only looks. */
  readonly takesFocus: boolean;
  /** All of it at once. */
  readonly isFull?: boolean;
}

const restMs = 180;
const leaveMs = 220;

/** Opens the reason of a hit whose bar is pointed at, and closes it again. `about`: of another search, all hits are others. */
export function useAskedReason(about: string | undefined) {
  const [asked, setAsked] = useState<AskedReason & { readonly about: string | undefined }>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const now = asked && asked.about === about && asked.anchor.isConnected ? asked : undefined;
  const ask = useCallback(
    (next: AskedReason) => {
      clearTimeout(timer.current);
      setAsked({ ...next, about });
    },
    [about],
  );
  const close = () => {
    clearTimeout(timer.current);
    setAsked(undefined);
  };
  const leave = () => {
    clearTimeout(timer.current);
    if (now && !now.takesFocus) timer.current = setTimeout(close, leaveMs);
  };
  return {
    asked: now,
    ask,
    close,
    leave,
    stay: () => clearTimeout(timer.current),
    onPointerMove(event: PointerEvent) {
      // Hits come under it while somebody types.
      if (isAtRest(event)) return;
      const { target } = event;
      const bar = target instanceof Element ? target.closest('[data-reason]') : null;
      const id = bar?.closest<HTMLElement>('[data-hit]')?.dataset['hit'];
      if (!bar || id === undefined) {
        const row = target instanceof Element ? target.closest<HTMLElement>('[data-hit]') : null;
        // On the way to what it opened.
        if (now && row?.dataset['hit'] === now.id) clearTimeout(timer.current);
        else leave();
        return;
      }
      clearTimeout(timer.current);
      if (now?.id !== id)
        timer.current = setTimeout(
          () => ask({ id, anchor: bar.closest('[data-hit]') ?? bar, takesFocus: false }),
          restMs,
        );
    },
  };
}
