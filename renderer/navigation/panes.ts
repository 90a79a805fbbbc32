/** In the order of the panes: where the keyboard goes on in each. */
const panes = [
  '.sidebar [aria-current], .sidebar a',
  '.memory-list, .adapter-list',
  '.memory[tabindex], .specialization[tabindex]',
] as const;

/** From pane to pane, or the other way; false where there is only one. */
export function goToPane(way: 1 | -1): boolean {
  const stops = panes.flatMap((selector) => document.querySelector<HTMLElement>(selector) ?? []);
  if (stops.length === 0) return false;
  const at = stops.findIndex((stop) => paneOf(stop).contains(document.activeElement));
  const step = way === 1 ? 1 : stops.length - 1;
  stops[(Math.max(at, 0) + (at < 0 ? 0 : step)) % stops.length]?.focus();
  return true;
}

const paneOf = (stop: HTMLElement): HTMLElement => stop.closest<HTMLElement>('.sidebar, .list-pane') ?? stop;
