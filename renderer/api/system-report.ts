import { useEffect, useState } from 'react';
import type { SystemReport } from '../../shared/schemas/system-report.ts';
import { reasonOf } from './failure-words.ts';
import { loci } from './loci.ts';

const refreshEveryMs = 3000;

interface Measured {
  readonly report: SystemReport | undefined;
  /** Why the newest figures are missing. */
  readonly failure: string | undefined;
}

/** Kept so that coming back to the page shows the last figures at once instead of empty places. */
let latest: Measured = { report: undefined, failure: undefined };

/** Measured again every few seconds for as long as somebody can see it. */
export function useSystemReport(): Measured {
  const [measured, setMeasured] = useState(latest);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stopped = false;
    let measuring = false;

    async function measure(): Promise<void> {
      if (measuring || document.visibilityState === 'hidden') return;
      clearTimeout(timer);
      measuring = true;
      const next = await measureOnce(latest.report);
      measuring = false;
      latest = next;
      if (stopped) return;
      setMeasured(next);
      timer = setTimeout(() => void measure(), refreshEveryMs);
    }

    const onVisibility = () => void measure();
    document.addEventListener('visibilitychange', onVisibility);
    void measure();
    return () => {
      stopped = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisibility);
    };
  }, []);
  return measured;
}

async function measureOnce(before: SystemReport | undefined): Promise<Measured> {
  try {
    return { report: await loci.app.report(), failure: undefined };
  } catch (error) {
    return { report: before, failure: reasonOf(error) };
  }
}
