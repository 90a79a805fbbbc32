import { useEffect } from 'react';
import { openComposer, useComposing } from './composing.ts';

interface CaptureLayerProps {
  /** Shows a memory that was just kept. */
  readonly onOpen: (id: string) => void;
}

/** All the ways in which something new comes into the library from within the window. */
export function CaptureLayer(_: CaptureLayerProps) {
  const isComposing = useComposing();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'n') return;
      event.preventDefault();
      openComposer();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
  return isComposing ? <div /> : null;
}
