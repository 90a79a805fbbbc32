import { useEffect } from 'react';
import { isTyping } from '../../navigation/typing.ts';
import { undoLatest } from './undo.ts';

/** ⌘Z and Ctrl+Z; within a text they belong to the text. */
export function useUndoKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
      if (event.key.toLowerCase() !== 'z' || event.defaultPrevented || isTyping(event.target)) return;
      event.preventDefault();
      void undoLatest();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
