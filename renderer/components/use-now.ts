import { useSyncExternalStore } from 'react';

const minuteMs = 60_000;
let now = new Date();

/** The time, to the minute: "today" is no longer today after midnight, whatever else happens. */
export function useNow(): Date {
  return useSyncExternalStore(follow, () => now);
}

function follow(onChange: () => void): () => void {
  const tick = () => {
    now = new Date();
    onChange();
  };
  tick();
  const timer = setInterval(tick, minuteMs);
  return () => clearInterval(timer);
}
