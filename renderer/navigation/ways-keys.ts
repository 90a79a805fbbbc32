import { useEffect } from 'react';
import { goBack, goForward } from './history.ts';

const backButton = 3;
const forwardButton = 4;

/** Back and forward as every browser has them: Alt and arrows, ⌘[ and ⌘], the buttons of the mouse. */
export function useWaysKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isArrow = event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
      const isBracket = event.metaKey && !event.altKey && !event.ctrlKey && !event.shiftKey;
      if ((isArrow && event.key === 'ArrowLeft') || (isBracket && event.key === '[')) take(event, goBack);
      if ((isArrow && event.key === 'ArrowRight') || (isBracket && event.key === ']')) take(event, goForward);
    };
    const onButton = (event: MouseEvent) => {
      if (event.button === backButton) take(event, goBack);
      if (event.button === forwardButton) take(event, goForward);
    };
    window.addEventListener('keydown', onKey);
    window.addEventListener('mouseup', onButton);
    return () => {
      window.removeEventListener('keydown', onKey);
      window.removeEventListener('mouseup', onButton);
    };
  }, []);
}

function take(event: Event, way: () => void): void {
  if (event.defaultPrevented) return;
  event.preventDefault();
  way();
}
