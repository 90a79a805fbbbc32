import { useEffect, useState } from 'react';

/** Whether something has been under way for so long that one should see it. */
export function useIsLasting(isUnderWay: boolean, afterMs: number): boolean {
  const [isLasting, setLasting] = useState(false);
  useEffect(() => {
    if (!isUnderWay) return undefined;
    const timer = setTimeout(() => setLasting(true), afterMs);
    return () => {
      clearTimeout(timer);
      setLasting(false);
    };
  }, [isUnderWay, afterMs]);
  return isUnderWay && isLasting;
}
