import { useCallback, useDeferredValue, useEffect, useMemo, useRef } from 'react';
import { useOverview } from '../../api/overview.ts';
import type { Period } from '../../navigation/period.ts';
import type { View } from '../../navigation/place.ts';
import { requestOf } from '../browse/list-of-place.ts';
import { timeline } from '../browse/list-settings.ts';
import { useMemoryList, type ListRequest } from '../browse/memory-lists.ts';
import { timesOf } from '../timeline/bins.ts';
import { spanIn, withPeriod } from '../timeline/dates-in-query.ts';
import { hasTimeline } from '../timeline/has-timeline.ts';
import { Timeline } from '../timeline/timeline.tsx';
import { writeDatedSearch } from './entry.ts';
import type { Found } from './settled-hits.ts';

/** Of more than are looked at, those that are would seem to be all. */
const mostFound = 200;

interface SearchTimelineProps {
  readonly view: View;
  readonly typed: string;
  /** With what the place adds. */
  readonly text: string;
  readonly found: Found | undefined;
}

/** When what was found is from, among all that it was looked for in. */
export function SearchTimeline(props: SearchTimelineProps) {
  const isShown = timeline.use() === 'shown';
  const { view, text } = props;
  const overview = useOverview();
  // What is in the trash stands by when it was deleted.
  if (!isShown || view.kind === 'trash' || /(?:^|\s)in:trash(?:\s|$)/.test(text)) return null;
  return <Drawn {...props} request={requestOf({ view }, overview) ?? everything} />;
}

const everything: ListRequest = { filter: {} };

function Drawn({ typed, text, found, request }: SearchTimelineProps & { readonly request: ListRequest }) {
  const { outline } = useMemoryList(request);
  const times = useMemo(() => outline && timesOf(outline), [outline]);
  // What was found is drawn first, and how it lies in time after it.
  const latest = useDeferredValue(found);
  const foundTimes = useMemo(() => latest && timesFound(latest), [latest]);
  const { begin, end } = spanIn(text) ?? {};
  const span = useMemo(
    () => (begin === undefined || end === undefined ? undefined : { begin, end }),
    [begin, end],
  );
  // Nothing of it is drawn anew because of a letter that is typed.
  const now = useRef({ typed, span });
  useEffect(() => {
    now.current = { typed, span };
  });
  const choose = useCallback((period: Period) => writeDatedSearch(withPeriod(now.current.typed, period)), []);
  const clear = useCallback(() => {
    if (now.current.span) writeDatedSearch(withPeriod(now.current.typed, undefined));
  }, []);
  if (!times || !hasTimeline(times)) return null;
  return (
    <Timeline
      times={times}
      foundTimes={foundTimes}
      span={span}
      onChoose={choose}
      onClear={clear}
      onLeave={enterList}
    />
  );
}

const enterList = (): void => document.querySelector<HTMLElement>('.list-pane .memory-list')?.focus();

function timesFound({ hits, result }: Found): Float64Array | undefined {
  const about = hits.filter(({ isRelevant }) => isRelevant);
  if (result.found >= mostFound && Math.max(result.relevant, about.length) >= mostFound) return undefined;
  return Float64Array.from(about, ({ memory }) => new Date(memory.occurredAt).getTime()).toSorted();
}
