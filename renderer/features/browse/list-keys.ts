import type { Outline } from './outline.ts';
import { everything, extendedTo, movedTo, only, toggled, type Selection } from './selection.ts';

interface Pressed {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

interface Where {
  readonly outline: Outline;
  readonly selection: Selection;
  /** -1 when the keyboard is nowhere yet. */
  readonly cursorRow: number;
  /** How many rows a page has. */
  readonly page: number;
  readonly isMac: boolean;
}

export interface Moved {
  readonly selection: Selection;
  /** To be brought into view. */
  readonly row: number;
  /** One alone is chosen: what is beside the list follows. */
  readonly opens: boolean;
}

/** What a key does to the selection; undefined when it is for something else. */
export function listKey(pressed: Pressed, where: Where): Moved | undefined {
  const { outline, selection, cursorRow, isMac } = where;
  if (outline.length === 0 || pressed.altKey) return undefined;
  const withCommand = isMac ? pressed.metaKey : pressed.ctrlKey;
  const row = Math.max(0, cursorRow);
  if (withCommand && pressed.key.toLowerCase() === 'a' && !pressed.shiftKey) {
    return { selection: everything(outline, selection), row, opens: false };
  }
  if (withCommand && pressed.key === ' ' && cursorRow >= 0) {
    return { selection: toggled(selection, outline.idAt(row)), row, opens: false };
  }
  if (withCommand && /^[jk]$/.test(pressed.key)) return undefined;
  const target = targetOf(pressed.key, where);
  if (target === undefined) return undefined;
  const to = Math.min(outline.length - 1, Math.max(0, target));
  if (pressed.shiftKey) return { selection: extendedTo(selection, outline, to), row: to, opens: false };
  const id = outline.idAt(to);
  if (withCommand) return { selection: movedTo(selection, id), row: to, opens: false };
  return { selection: only(id), row: to, opens: true };
}

function targetOf(key: string, { outline, cursorRow, page }: Where): number | undefined {
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return cursorRow + 1;
    case 'ArrowUp':
    case 'k':
      return cursorRow < 0 ? outline.length - 1 : cursorRow - 1;
    case 'Home':
      return 0;
    case 'End':
      return outline.length - 1;
    case 'PageDown':
      return Math.max(0, cursorRow) + page;
    case 'PageUp':
      return cursorRow - page;
    default:
      return undefined;
  }
}
