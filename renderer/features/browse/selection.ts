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
  const isThere = presenceIn(outline);
  const kept = new Set([...ids].filter(isThere));
  if (cursor !== undefined && isThere(cursor)) {
    if (kept.size === ids.size) return selection;
    return { ids: kept, cursor, anchor: anchor !== undefined && isThere(anchor) ? anchor : cursor };
  }
  const next = cursor === undefined ? undefined : neighbourLeft(before.indexOf(cursor), before, isThere);
  if (next === undefined) return { ids: kept, cursor: undefined, anchor: undefined };
  return { ids: kept.size > 0 ? kept : new Set([next]), cursor: next, anchor: next };
}

/** Who comes after it and is still there, or else before it; others may have come in between meanwhile. */
function neighbourLeft(place: number, before: Outline, isThere: (id: string) => boolean): string | undefined {
  if (place < 0) return undefined;
  for (let index = place + 1; index < before.length; index++) {
    const id = before.idAt(index);
    if (isThere(id)) return id;
  }
  for (let index = place - 1; index >= 0; index--) {
    const id = before.idAt(index);
    if (isThere(id)) return id;
  }
  return undefined;
}

/** Few are looked for one by one; for many it is worth knowing all. */
function presenceIn(outline: Outline): (id: string) => boolean {
  let asked = 0;
  let all: ReadonlySet<string> | undefined;
  return (id) => {
    asked += 1;
    if (asked <= 64) return outline.indexOf(id) >= 0;
    all ??= new Set(outline.length === 0 ? [] : idsBetween(outline, 0, outline.length - 1));
    return all.has(id);
  };
}
