import { useCallback, useEffect, useRef, useState } from 'react';
import type { DuplicateList } from '../../shared/schemas/duplicates.ts';
import type { LibraryChange } from '../../shared/schemas/library-changes.ts';
import { coalesced } from './coalesced.ts';
import { reasonOf } from './failure-words.ts';
import { follow, useFollowed } from './followed.ts';
import { isAtWork } from './latest-job.ts';
import { listen, loci } from './loci.ts';

export const findingKind = 'duplicates.find';

const pageSize = 50;
const pauseMs = 250;
/** Of the number in the sidebar: grouping a large library takes a moment, and nobody waits for it. */
const countPauseMs = 10_000;
/** What else there is at the start comes first. */
const startMs = 2_000;

/** Whether others can be alike after it: of another date or importance, a memory says the same. */
function concerns({ entity, action, fields }: LibraryChange): boolean {
  if (entity !== 'memory') return false;
  return (
    action !== 'changed' ||
    fields.some((field) => ['content', 'title', 'versions', 'distinctions'].includes(field))
  );
}

function listenToLookAlikes(onChange: () => void): () => void {
  const stops = [
    listen('library:changed', ({ changes }) => {
      if (changes.some(concerns)) onChange();
    }),
    listen('duplicates:changed', onChange),
    listen('job:changed', (job) => {
      if (job.kind === findingKind && !isAtWork(job)) onChange();
    }),
  ];
  return () => stops.forEach((stop) => stop());
}

type LookAlikesCount = Pick<DuplicateList, 'total' | 'waiting'>;

/** The page of all of them reads the same, and sooner. */
let tellCount: (known: LookAlikesCount) => void = () => undefined;

const started = new Promise((resolve) => setTimeout(resolve, startMs));

const count = follow<LookAlikesCount | undefined>({
  first: undefined,
  async read() {
    await started;
    const { total, waiting } = await loci.duplicates.list({ limit: 1 });
    return { total, waiting };
  },
  listen(tell) {
    tellCount = tell;
    const refresh = coalesced(() => count.refresh(), countPauseMs);
    const stops = [
      listenToLookAlikes(refresh),
      listen('user:switched', () => {
        tell(undefined);
        refresh();
      }),
    ];
    return () => stops.forEach((stop) => stop());
  },
});

/** Undefined until it is known. */
export const useLookAlikesCount = (): LookAlikesCount | undefined => useFollowed(count);

/** What was read last: whoever comes back, or makes the window narrower, sees it at once. */
let latest: DuplicateList | undefined;
listen('user:switched', () => {
  latest = undefined;
});

interface LookAlikes {
  readonly list: DuplicateList | undefined;
  readonly failure: string | undefined;
  /** Reads the list anew, and answers with it. */
  readonly refresh: () => Promise<DuplicateList | undefined>;
  readonly more: (() => void) | undefined;
}

/** As many pages as were asked for, read again when something changes. */
export function useLookAlikes(): LookAlikes {
  const [pages, setPages] = useState(1);
  const [list, setList] = useState(latest);
  const [failure, setFailure] = useState<string>();
  const asked = useRef(0);

  const refresh = useCallback(async () => {
    asked.current += 1;
    const mine = asked.current;
    try {
      const found = await readPages(pages);
      if (mine === asked.current) {
        latest = found;
        setList(found);
        tellCount({ total: found.total, waiting: found.waiting });
        setFailure(undefined);
      }
      return found;
    } catch (error) {
      if (mine === asked.current) setFailure(reasonOf(error));
      return undefined;
    }
  }, [pages]);

  useEffect(() => {
    const read = coalesced(refresh, pauseMs);
    read();
    const stop = listenToLookAlikes(read);
    return () => {
      stop();
      asked.current += 1;
    };
  }, [refresh]);

  const hasMore = list !== undefined && list.groups.length < list.total;
  return { list, failure, refresh, more: hasMore ? () => setPages(pages + 1) : undefined };
}

async function readPages(pages: number): Promise<DuplicateList> {
  let list = await loci.duplicates.list({ limit: pageSize });
  for (let read = 1; read < pages && list.groups.length < list.total; read++) {
    const next = await loci.duplicates.list({ limit: pageSize, offset: read * pageSize });
    list = { ...next, groups: [...list.groups, ...next.groups] };
  }
  return list;
}
