import { useCallback, useEffect, useRef } from 'react';
import type { EnterList } from '../browse/listed-memories.tsx';
import type { Found } from './settled-hits.ts';

/**
 * Enter means the first hit of what was typed: where that is still being looked for, not the first of what stands
 * there from before, and not that of the list behind it.
 */
export function useEntry(
  key: string,
  found: Found | undefined,
  onEntry: (enter: EnterList) => void,
): (enter: EnterList) => void {
  const hits = useRef<EnterList>(() => undefined);
  const awaited = useRef<string>(undefined);
  const isThere = found?.key === key && (found.hits.length > 0 || !found.isProvisional);
  const isFinal = found?.key === key && !found.isProvisional;

  useEffect(() => {
    onEntry((opens) => {
      if (isThere) hits.current(opens);
      else if (opens) awaited.current = key;
      else if (found) hits.current(false);
    });
    if (awaited.current === undefined || (awaited.current === key && !isFinal)) return;
    const isStillWanted = awaited.current === key && document.activeElement?.closest('.search') != null;
    awaited.current = undefined;
    if (isStillWanted) hits.current(true);
  });

  return useCallback((enter) => {
    hits.current = enter;
  }, []);
}
