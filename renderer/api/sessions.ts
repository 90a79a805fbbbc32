import { useEffect, useState } from 'react';
import type { CountedSession } from '../../shared/schemas/session.ts';
import { coalesced } from './coalesced.ts';
import { listen, loci } from './loci.ts';
import { useOverview } from './overview.ts';

const pauseMs = 250;

/** One of the latest is known already; another is asked for. Null when there is no such session. */
export function useSession(id: string | undefined): CountedSession | null | undefined {
  const latest = useOverview()?.sessions.find((session) => session.id === id);
  const [found, setFound] = useState<{ readonly id: string; readonly session: CountedSession | null }>();
  const isKnown = latest !== undefined;
  useEffect(() => {
    if (id === undefined || isKnown) return undefined;
    let isGone = false;
    const read = coalesced(async () => {
      const session = await loci.sessions.find({ id });
      if (!isGone) setFound({ id, session });
    }, pauseMs);
    read();
    const stop = listen('library:changed', read);
    return () => {
      isGone = true;
      stop();
    };
  }, [id, isKnown]);
  return latest ?? (found?.id === id ? found?.session : undefined);
}
