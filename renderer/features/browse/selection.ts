import { idsBetween, type Outline } from './outline.ts';

/** What is chosen in a list, and where one is in it. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** Where the keyboard is. */
  readonly cursor: string | undefined;
  /** Where a range begins that shift makes. */
  readonly anchor: string | undefined;
}

export const noSelection: Selection = { ids: new Set(), cursor: undefined, anchor: undefined };

export const only = (id: string): Selection => ({ ids: new Set([id]), cursor: id, anchor: id });

export function toggled({ ids }: Selection, id: string): Selection {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return { ids: next, cursor: id, anchor: id };
}

export const movedTo = (selection: Selection, cursor: string): Selection => ({ ...selection, cursor });

/** All from the anchor to there, and nothing else. */
export function extendedTo({ anchor, cursor }: Selection, outline: Outline, to: number): Selection {
  const from = outline.indexOf(anchor ?? cursor ?? '');
  const id = outline.idAt(to);
  if (from < 0) return only(id);
  return { ids: new Set(idsBetween(outline, from, to)), cursor: id, anchor: outline.idAt(from) };
}

export function everything(outline: Outline, { cursor }: Selection): Selection {
  if (outline.length === 0) return noSelection;
  const at = cursor ?? outline.idAt(0);
  return { ids: new Set(idsBetween(outline, 0, outline.length - 1)), cursor: at, anchor: at };
}

/** After the list has changed: without what is gone, and the cursor where it was, on what is there now. */
export function keptIn(selection: Selection, outline: Outline, before: Outline): Selection {
  const { ids, cursor, anchor } = selection;
  if (ids.size === 0 && cursor === undefined) return selection;
  const isThere = (id: string | undefined): boolean => id !== undefined && outline.indexOf(id) >= 0;
  const few = ids.size <= 64;
  const there = few ? undefined : new Set(idsBetween(outline, 0, outline.length - 1));
  const kept = new Set([...ids].filter((id) => (there ? there.has(id) : isThere(id))));
  if (kept.size === ids.size && isThere(cursor)) return selection;
  if (isThere(cursor)) return { ids: kept, cursor, anchor: isThere(anchor) ? anchor : cursor };
  const place = cursor === undefined ? -1 : before.indexOf(cursor);
  if (place < 0 || outline.length === 0) return { ids: kept, cursor: undefined, anchor: undefined };
  const gone = countGoneBefore(place, before, outline);
  const next = outline.idAt(Math.min(place - gone, outline.length - 1));
  return { ids: kept.size > 0 ? kept : new Set([next]), cursor: next, anchor: next };
}

/** Of those that came before it: a hundred are looked at, for what is gone together stood together. */
function countGoneBefore(place: number, before: Outline, after: Outline): number {
  let gone = 0;
  for (let index = place - 1; index >= 0; index--) {
    if (after.indexOf(before.idAt(index)) >= 0) break;
    gone += 1;
    if (gone > 100) return Math.max(0, before.length - after.length - 1);
  }
  return gone;
}
