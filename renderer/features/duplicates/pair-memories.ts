import { useCallback, useEffect, useState } from 'react';
import type { MemoryDto } from '../../../shared/schemas/memory.ts';
import { coalesced } from '../../api/coalesced.ts';
import { reasonOf } from '../../api/failure-words.ts';
import { listen, loci } from '../../api/loci.ts';
import type { Pair } from '../../navigation/place.ts';
import { keyOfPair } from './pairs.ts';

const pauseMs = 100;

type PairState =
  | { readonly state: 'there'; readonly left: MemoryDto; readonly right: MemoryDto }
  /** One of them is in the trash or purged: there is nothing to decide any more. */
  | { readonly state: 'settled' }
  | { readonly state: 'failed'; readonly reason: string };

interface Known {
  readonly key: string;
  readonly shown: PairState;
}

/** What was read last: a window that is made wider or narrower shows it without a gap. */
let latest: Known | undefined;
listen('user:switched', () => {
  latest = undefined;
});

/** Both as they are now; undefined until they were read. */
export function usePairMemories(pair: Pair): {
  readonly shown: PairState | undefined;
  readonly retry: () => void;
} {
  const [known, setKnown] = useState(latest);
  const [left, right] = pair;
  const key = keyOfPair(pair);

  const read = useCallback(async () => {
    const shown = await readPair(left, right);
    latest = { key: keyOfPair([left, right]), shown };
    setKnown(latest);
  }, [left, right]);

  useEffect(() => {
    let isGone = false;
    const refresh = coalesced(async () => isGone || (await read()), pauseMs);
    refresh();
    const stop = listen('library:changed', ({ changes }) => {
      if (changes.some(({ ids }) => ids === null || ids.includes(left) || ids.includes(right))) refresh();
    });
    return () => {
      isGone = true;
      stop();
    };
  }, [read, left, right]);

  return { shown: known?.key === key ? known.shown : undefined, retry: () => void read() };
}

async function readPair(left: string, right: string): Promise<PairState> {
  try {
    const found = await loci.memories.read({ ids: [left, right] });
    const [one, other] = [left, right].map((id) => found.find((memory) => memory.id === id));
    if (!one || !other || one.deletedAt !== null || other.deletedAt !== null) return { state: 'settled' };
    return { state: 'there', left: one, right: other };
  } catch (error) {
    return { state: 'failed', reason: reasonOf(error) };
  }
}
