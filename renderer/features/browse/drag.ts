import { useState, type DragEvent } from 'react';
import { textsNow } from '../../../shared/texts/index.ts';

const type = 'application/x-loci-memories';

/** Only windows of this app know what is being dragged, and only while it is. */
let dragged: readonly string[] = [];

export function beginDrag(event: DragEvent, ids: readonly string[]): void {
  dragged = ids;
  event.dataTransfer.effectAllowed = 'copyMove';
  event.dataTransfer.setData(type, '');
  const label = document.createElement('div');
  label.className = 'drag-label';
  label.textContent = textsNow().amounts.memories(ids.length);
  document.body.append(label);
  event.dataTransfer.setDragImage(label, -12, -8);
  // The picture is taken when this event is over.
  setTimeout(() => label.remove());
}

interface DropPlace {
  readonly isOver: boolean;
  readonly handlers: {
    readonly onDragEnter: (event: DragEvent) => void;
    readonly onDragOver: (event: DragEvent) => void;
    readonly onDragLeave: (event: DragEvent) => void;
    readonly onDrop: (event: DragEvent) => void;
  };
}

/** A place where memories can be let go of. */
export function useDropPlace(onMemories: (ids: readonly string[]) => void): DropPlace {
  const [isOver, setOver] = useState(false);
  const isOurs = (event: DragEvent): boolean => event.dataTransfer.types.includes(type);
  const accept = (event: DragEvent): void => {
    if (!isOurs(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'move';
    setOver(true);
  };
  return {
    isOver,
    handlers: {
      onDragEnter: accept,
      onDragOver: accept,
      onDragLeave: () => setOver(false),
      onDrop: (event) => {
        if (!isOurs(event)) return;
        event.preventDefault();
        setOver(false);
        onMemories(dragged);
        dragged = [];
      },
    },
  };
}
