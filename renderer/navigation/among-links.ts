import type { KeyboardEvent } from 'react';
import { typeAhead } from './type-ahead.ts';

const steps: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/** For a list of links: arrows, Home and End, and letters lead from one to another, past what is folded away. */
export function amongLinks(links: string): (event: KeyboardEvent<HTMLElement>) => void {
  const find = typeAhead();
  return (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
    const stops = [...event.currentTarget.querySelectorAll<HTMLElement>(links)].filter((stop) =>
      stop.checkVisibility(),
    );
    const at = stops.findIndex((stop) => stop === document.activeElement);
    if (at < 0) return;
    const step = steps[event.key];
    const next =
      step === undefined
        ? find(event, stops.map(nameOf), at)
        : Math.min(stops.length - 1, Math.max(0, at + step));
    if (next === undefined) return;
    event.preventDefault();
    stops[next]?.focus();
  };
}

const nameOf = (stop: HTMLElement): string => stop.querySelector('bdi')?.textContent ?? stop.textContent;
