import { useSyncExternalStore } from 'react';
import { addressOf, home, isOfOneLibrary, placeAt, type Place } from './place.ts';
import { remembered } from './remembered.ts';

const lastPlace = remembered('place', (text) => text);

/** Where the window was when it was closed: the list alone, narrowed as it was. A link that was followed comes first. */
export function comeBack(): void {
  if (window.location.hash.length > 2) return;
  go(placeAt(lastPlace.read() ?? ''), { replace: true });
}

export interface GoOptions {
  /** Instead of what is in view: back does not come here again. */
  readonly replace?: boolean;
}

export function go(place: Place, { replace = false }: GoOptions = {}): void {
  const address = addressOf(place);
  if (address === window.location.hash) return;
  if (replace) {
    window.history.replaceState(null, '', address);
    // Unlike a new address, one that was replaced is not announced.
    tell();
  } else {
    window.location.hash = address;
  }
}

/** Whether going back leads to this address. */
export function isBelow(before: string): boolean {
  const { currentEntry } = window.navigation;
  const below = window.navigation.entries()[(currentEntry?.index ?? 0) - 1];
  return below?.url?.endsWith(before) ?? false;
}

/** To where one came from, if it is this; otherwise on to it. */
export function goBackTo(before: Place): void {
  if (isBelow(addressOf(before))) goBack();
  else go(before);
}

export const goBack = (): void => window.history.back();
export const goForward = (): void => window.history.forward();

const watchers = new Set<() => void>();
let address = '';
let place: Place = home;

function tell(): void {
  for (const watcher of watchers) watcher();
}

let kept: string | undefined;

/** Only when it is another: with each letter of a search there is a new address. */
function keep(list: string): void {
  if (list === kept) return;
  kept = list;
  lastPlace.write(list);
}

function current(): Place {
  if (window.location.hash !== address) {
    address = window.location.hash;
    place = placeAt(address);
    const { view, period } = place;
    keep(addressOf({ view, period }));
  }
  return place;
}

function follow(onChange: () => void): () => void {
  if (watchers.size === 0) window.addEventListener('hashchange', tell);
  watchers.add(onChange);
  return () => {
    watchers.delete(onChange);
    if (watchers.size === 0) window.removeEventListener('hashchange', tell);
  };
}

export const usePlace = (): Place => useSyncExternalStore(follow, current);

/** For what happens outside of rendering. */
export const currentPlace = current;

/** Another library came into view: a page of one of the other's things leads nowhere here. */
export function leaveForAnotherLibrary(): void {
  const { view } = current();
  go(isOfOneLibrary(view) ? home : { view }, { replace: true });
}

/** What is gone is not looked at. */
export function leave(id: string): void {
  const { view } = current();
  if ('id' in view && view.id === id) go(home, { replace: true });
}

interface Ways {
  readonly back: boolean;
  readonly forward: boolean;
}

const nowhere: Ways = { back: false, forward: false };
let ways: Ways = nowhere;

export function useWays(): Ways {
  return useSyncExternalStore(followEntries, readWays, () => nowhere);
}

function readWays(): Ways {
  const { canGoBack: back, canGoForward: forward } = window.navigation;
  if (back !== ways.back || forward !== ways.forward) ways = { back, forward };
  return ways;
}

function followEntries(onChange: () => void): () => void {
  window.navigation.addEventListener('currententrychange', onChange);
  return () => window.navigation.removeEventListener('currententrychange', onChange);
}
