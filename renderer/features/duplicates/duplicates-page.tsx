import { Layers2 } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useLookAlikes } from '../../api/look-alikes.ts';
import { Actions } from '../../components/actions.tsx';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { Page } from '../../components/page.tsx';
import { useIsLasting } from '../../components/use-is-lasting.ts';
import { currentPlace, go, goBack } from '../../navigation/history.ts';
import type { Pair, Place } from '../../navigation/place.ts';
import { useTexts } from '../../text/use-texts.ts';
import { Comparing, worthAsking } from './comparing.tsx';
import './duplicates-page.css';
import { PairList } from './pair-list.tsx';
import { PairView } from './pair-view.tsx';
import { pairsOf, placeOf } from './pairs.ts';

const view = { kind: 'duplicates' } as const;
const slowAfterMs = 200;

/** Memories that say the same, to be looked through: all of them, or two side by side. */
export function DuplicatesPage({ place, top }: { place: Place; top: ReactNode }) {
  const texts = useTexts();
  const { list, failure, refresh, more } = useLookAlikes();
  const pairs = list ? pairsOf(list.groups) : [];
  const isSlow = useIsLasting(list === undefined && failure === undefined, slowAfterMs);
  const { pair } = place;
  const at = pair ? placeOf(pairs, pair) : -1;
  // From where one comes back to the list.
  const [last, setLast] = useState<Pair>();
  if (pair && pair !== last) setLast(pair);
  const cameFromList = useRef(false);
  /** Where it was, for when it is there no longer. */
  const lastAt = useRef(0);
  useEffect(() => {
    if (!pair) cameFromList.current = true;
    if (at >= 0) lastAt.current = at;
  });

  function show(next: Pair | undefined): void {
    go(next ? { view, pair: next } : { view }, { replace: true });
  }

  function step(by: 1 | -1): void {
    // What was decided about elsewhere has left its place to the next one.
    const next = at >= 0 ? pairs[at + by] : pairs[Math.max(0, lastAt.current + Math.min(0, by))];
    if (next) show(next.pair);
    if (by > 0 && at + 2 >= pairs.length) more?.();
  }

  async function goOn(): Promise<void> {
    const found = await refresh();
    if (currentPlace().view.kind !== view.kind) return;
    const left = found ? pairsOf(found.groups) : [];
    show((left[lastAt.current] ?? left.at(-1))?.pair);
  }

  function leave(): void {
    if (cameFromList.current) goBack();
    else show(undefined);
  }

  if (pair)
    return (
      <>
        {top}
        <PairView
          pair={pair}
          group={pairs[at]?.group}
          place={at < 0 ? undefined : at + 1}
          total={pairs.length}
          hasMore={more !== undefined}
          onStep={step}
          onDone={goOn}
          onLeave={leave}
        />
      </>
    );

  const isNone = list !== undefined && list.total === 0;
  return (
    <>
      {top}
      <Page title={texts.duplicates.title}>
        <div className="duplicates-page">
          <p className="duplicates-page__intro">{texts.duplicates.intro}</p>
          {failure !== undefined && (
            <Notice tone="danger" title={texts.duplicates.unreadable}>
              <p>{failure}</p>
              <Actions actions={[{ label: texts.actions.tryAgain, run: refresh }]} />
            </Notice>
          )}
          {isSlow && (
            <div className="duplicates-page__skeleton" aria-hidden="true">
              <span /> <span /> <span />
            </div>
          )}
          {isNone && list.waiting <= worthAsking && (
            <div className="duplicates-page__none">
              <Layers2 size={28} strokeWidth={1.25} aria-hidden="true" />
              <h2>{texts.duplicates.none}</h2>
              <p>{texts.duplicates.noneText}</p>
            </div>
          )}
          {list !== undefined && !isNone && <PairList groups={list.groups} last={last} />}
          {more && (
            <div>
              <Button onClick={more}>{texts.duplicates.more}</Button>
            </div>
          )}
          {list !== undefined && <Comparing waiting={list.waiting} />}
        </div>
      </Page>
    </>
  );
}
