import type { EventName, Events } from '../../shared/ipc/events.ts';
import { createClient } from './client.ts';

/** Main, as this page calls it. */
export const loci = createClient(window.loci);

/** Calls back each time main tells; returns the way to stop. */
export function listen<E extends EventName>(event: E, listener: (payload: Events[E]) => void): () => void {
  // Main sends what the type of the event says; both sides are compiled against it.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- See above.
  return window.loci.listen(event, (payload) => listener(payload as Events[E]));
}
