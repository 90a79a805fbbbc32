import { currentPlace, go } from '../../navigation/history.ts';
import { addressOf, type Place } from '../../navigation/place.ts';

/** Whether going back leads to this address. */
function isBelow(address: string): boolean {
  const { currentEntry } = window.navigation;
  const below = window.navigation.entries()[(currentEntry?.index ?? 0) - 1];
  return below?.url?.endsWith(address) ?? false;
}

/** The list that is searched in: a saved search is not one. */
function listOf({ view, open }: Place): Place {
  return view.kind === 'saved' ? { view: { kind: 'memories' }, open } : { view, open };
}

/** What is typed is the address; the whole of it is one step of the way back. */
export function writeSearch(text: string): void {
  const now = currentPlace();
  if (text.trim() === '') {
    go(listOf(now), { replace: now.q !== undefined });
    return;
  }
  const { open: _, ...list } = listOf(now);
  go({ ...now, q: text }, { replace: now.q !== undefined || isBelow(addressOf(list)) });
}

/** Away with the search, to the list it began in. */
export function leaveSearch(): void {
  const now = currentPlace();
  const list = listOf(now);
  if (now.q !== undefined && isBelow(addressOf(list))) window.history.back();
  else go(list, { replace: now.q !== undefined });
}
