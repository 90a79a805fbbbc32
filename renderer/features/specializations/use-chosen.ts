import { useEffect, useRef, useState } from 'react';
import { leftAt, remember } from '../browse/list-memory.ts';
import type { Outline } from '../browse/outline.ts';
import { keptIn, only, type Selection } from '../browse/selection.ts';

/** What is chosen in a list of specializations, over its changes and for when one comes back to it. */
export function useChosen(
  name: string,
  outline: Outline,
  open: string | undefined,
  /** What was open is no longer in the list. */
  onGone: (neighbour: string | undefined) => void,
): readonly [Selection, (selection: Selection) => void] {
  const [selection, setSelection] = useState(() => including(leftAt(name).selection, open));
  const [opened, setOpened] = useState(open);
  const before = useRef({ name, outline });

  useEffect(() => {
    const { name: nameBefore, outline: was } = before.current;
    before.current = { name, outline };
    if (was === outline) return;
    // One that has only just been read may be without what was chosen in it the last time.
    const next =
      was.length === 0
        ? including(keptIn(selection, outline, outline), open)
        : keptIn(selection, outline, was);
    if (next !== selection) setSelection(next);
    // Where something else is looked for, what is read stays open.
    const hasGone = open !== undefined && was.indexOf(open) >= 0 && outline.indexOf(open) < 0;
    if (hasGone && nameBefore === name) onGone(next.cursor);
  }, [name, outline, selection, open, onGone]);

  useEffect(() => remember(name, { ...leftAt(name), selection }), [name, selection]);

  if (opened !== open) {
    setOpened(open);
    setSelection(including(selection, open));
  }
  return [selection, setSelection];
}

const including = (selection: Selection, open: string | undefined): Selection =>
  open === undefined || selection.ids.has(open) || selection.ids.size > 1 ? selection : only(open);
