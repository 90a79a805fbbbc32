import { useEffect, useState } from 'react';
import { formatUptime } from '../../text/quantities.ts';

/** Counts on the second of the start it counts from, so that no second is skipped or shown twice. */
export function Uptime({ since }: { since: string }) {
  const startedMs = Date.parse(since);
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    let timer = setTimeout(count, untilNextSecondMs(startedMs));
    function count() {
      setNow(Date.now());
      timer = setTimeout(count, untilNextSecondMs(startedMs));
    }
    return () => clearTimeout(timer);
  }, [startedMs]);
  return <time role="timer">{formatUptime(now - startedMs)}</time>;
}

const untilNextSecondMs = (startedMs: number) => 1000 - ((Date.now() - startedMs) % 1000);
