import { currentPlace, go, isBelow } from '../../navigation/history.ts';
import { addressOf, type Place } from '../../navigation/place.ts';

/** The list that is searched in: a saved search is not one. */
function listOf({ view, period, open }: Place): Place {
  return { view: view.kind === 'saved' ? { kind: 'memories' } : view, period, open };
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

/** A query that says itself of when it is: the period of the list has no say in it any more. */
export function writeDatedSearch(text: string): void {
  const { period: _, ...now } = currentPlace();
  if (text.trim() === '') go(listOf(now));
  else go({ ...now, q: text }, { replace: now.q !== undefined });
}

/** Away with the search, to the list it began in. */
export function leaveSearch(): void {
  const now = currentPlace();
  const list = listOf(now);
  if (now.q !== undefined && isBelow(addressOf(list))) window.history.back();
  else go(list, { replace: now.q !== undefined });
}
