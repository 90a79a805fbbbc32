/** What may be asked of the memory that is open, from wherever the focus is. */
export type PaneCommand = 'edit' | 'tags' | 'history';

const waiting = new Map<string, PaneCommand>();
const listeners = new Map<string, (command: PaneCommand) => void>();

/** Opens the way into something of a memory: at once when its pane is there, otherwise as soon as it is. */
export function commandMemory(id: string, command: PaneCommand): void {
  const listener = listeners.get(id);
  if (listener) listener(command);
  else waiting.set(id, command);
}

/** For the pane; returns the way to stop. */
export function onPaneCommand(id: string, listener: (command: PaneCommand) => void): () => void {
  listeners.set(id, listener);
  const first = waiting.get(id);
  waiting.clear();
  if (first) listener(first);
  return () => {
    if (listeners.get(id) === listener) listeners.delete(id);
  };
}
