import { useEffect } from 'react';

/** In the order of the panes: where the keyboard goes on in each. */
const panes = [
  '.sidebar [aria-current], .sidebar a',
  '.memory-list, .adapter-list',
  '.memory[tabindex], .specialization[tabindex]',
] as const;

/** F6 leads from pane to pane, with Shift the other way. */
export function usePaneKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'F6' || event.ctrlKey || event.altKey || event.metaKey) return;
      const stops = panes.flatMap((selector) => document.querySelector<HTMLElement>(selector) ?? []);
      if (stops.length === 0) return;
      event.preventDefault();
      const at = stops.findIndex((stop) => paneOf(stop).contains(document.activeElement));
      const step = event.shiftKey ? stops.length - 1 : 1;
      stops[(Math.max(at, 0) + (at < 0 ? 0 : step)) % stops.length]?.focus();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

const paneOf = (stop: HTMLElement): HTMLElement => stop.closest<HTMLElement>('.sidebar, .list-pane') ?? stop;
