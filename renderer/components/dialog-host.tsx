import { Fragment, useSyncExternalStore, type ReactNode } from 'react';

/** What is to be asked, given the way to be done with it. */
type Question = (onClose: () => void) => ReactNode;

let question: Question | undefined;
/** Each is one of its own, also while the one before is still going away. */
let asked = 0;
const watchers = new Set<() => void>();

function set(next: Question | undefined): void {
  question = next;
  asked += 1;
  for (const watcher of watchers) watcher();
}

/** Opens a dialog from a place that is gone by then: a menu, a row that was scrolled away. */
export const showDialog = (next: Question): void => set(next);

export function DialogHost() {
  const shown = useSyncExternalStore(
    (onChange) => {
      watchers.add(onChange);
      return () => watchers.delete(onChange);
    },
    () => question,
  );
  if (!shown) return null;
  return (
    <Fragment key={asked}>
      {shown(() => {
        if (question === shown) set(undefined);
      })}
    </Fragment>
  );
}
