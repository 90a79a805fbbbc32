import { useEffect, useRef } from 'react';
import { isTyping } from '../../navigation/typing.ts';

/** False: not now, and the key may mean something else. */
type Deed = () => unknown;

/** Deeds by the key alone, wherever on the page one is, but not where keys are letters or belong to something else. */
export function usePairKeys(deeds: Readonly<Record<string, Deed>>): void {
  const latest = useRef(deeds);
  useEffect(() => {
    latest.current = deeds;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      if (isTyping(event.target) || isElsewhere(event.target)) return;
      const deed = latest.current[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (deed && deed() !== false) event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

/** In the sidebar, a menu or a dialog keys have a meaning of their own. */
const isElsewhere = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('.sidebar, [role="menu"], [role="dialog"]') !== null;
