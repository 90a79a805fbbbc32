import { useEffect, useRef } from 'react';
import { isTyping } from '../../navigation/typing.ts';

/** One step back by Escape, wherever on the page one is, but not where the key is about something else. False: not now. */
export function useEscape(stepBack: () => unknown): void {
  const latest = useRef(stepBack);
  useEffect(() => {
    latest.current = stepBack;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.shiftKey) return;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event.target) || isElsewhere(event.target)) return;
      if (latest.current() !== false) event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

/** In the sidebar, a menu or a dialog the key has a meaning of its own. */
const isElsewhere = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('.sidebar, [role="menu"], [role="dialog"]') !== null;
