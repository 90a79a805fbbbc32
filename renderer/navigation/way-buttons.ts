import { useEffect } from 'react';
import { goBack, goForward } from './history.ts';

const backButton = 3;
const forwardButton = 4;

/** Back and forward by the buttons of the mouse, as in every browser. */
export function useWayButtons(): void {
  useEffect(() => {
    const onButton = (event: MouseEvent) => {
      if (event.button === backButton) take(event, goBack);
      if (event.button === forwardButton) take(event, goForward);
    };
    window.addEventListener('mouseup', onButton);
    return () => window.removeEventListener('mouseup', onButton);
  }, []);
}

function take(event: Event, way: () => void): void {
  if (event.defaultPrevented) return;
  event.preventDefault();
  way();
}
