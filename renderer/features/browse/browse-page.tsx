import { useCallback, useEffect, useRef, type ReactNode } from 'react';
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels';
import { useOverview } from '../../api/overview.ts';
import { useSaidKeys } from '../../commands/said-keys.ts';
import { useIsNarrow } from '../../components/use-is-narrow.ts';
import { currentPlace, go } from '../../navigation/history.ts';
import type { Place } from '../../navigation/place.ts';
import { useTexts } from '../../text/use-texts.ts';
import { MemoryPane } from '../memory/memory-pane.tsx';
import { HitMarks } from '../search/hit-marks.tsx';
import './browse-page.css';
import { titleOf } from './list-of-place.ts';
import { ListPane } from './list-pane.tsx';

/** What the keyboard only passes by is not opened. */
const restMs = 120;

interface BrowsePageProps {
  readonly place: Place;
  readonly top: ReactNode;
}

/** A list and what is open beside it; in a narrow window one of the two. */
export function BrowsePage({ place, top }: BrowsePageProps) {
  const texts = useTexts();
  const isNarrow = useIsNarrow();
  const overview = useOverview();
  const detail = useRef<HTMLDivElement>(null);
  const resting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isOpen = place.open !== undefined;
  const layout = useDefaultLayout({
    id: 'loci.browse',
    storage: localStorage,
    panelIds: isNarrow ? [isOpen ? 'detail' : 'list'] : ['list', 'detail'],
  });
  useEffect(() => () => clearTimeout(resting.current), []);
  // The list has gone, and with it what had the focus.
  useEffect(() => {
    if (!isNarrow || place.open === undefined || !detail.current) return undefined;
    // Unless it was there already.
    return detail.current.contains(document.activeElement) ? undefined : focusMemory(detail.current);
  }, [isNarrow, place.open]);

  const open = useCallback(
    (id: string, isWish: boolean) => {
      clearTimeout(resting.current);
      const now = currentPlace();
      if (isWish) {
        if (now.open === id && detail.current) focusMemory(detail.current);
        go({ ...now, open: id });
      } else if (!isNarrow && now.open !== undefined) {
        resting.current = setTimeout(() => go({ ...currentPlace(), open: id }, { replace: true }), restMs);
      }
    },
    [isNarrow],
  );
  const close = useCallback(() => {
    const { open: _closed, ...list } = currentPlace();
    go(list);
  }, []);
  const replace = useCallback(
    (neighbour: string | undefined) => {
      const { open: _gone, ...list } = currentPlace();
      go(neighbour === undefined || isNarrow ? list : { ...list, open: neighbour }, { replace: true });
    },
    [isNarrow],
  );

  const title = place.q === undefined ? titleOf(place, overview, texts) : texts.browse.search;
  return (
    // One tree, narrow or not: what is being written goes on when the window becomes another.
    <Group className="browse" {...layout}>
      {(!isNarrow || !isOpen) && (
        <Panel
          id="list"
          groupResizeBehavior="preserve-pixel-size"
          {...(isNarrow ? {} : { defaultSize: 392, minSize: 300, maxSize: 640 })}
        >
          <ListPane place={place} top={top} onOpen={open} onGone={replace} onClose={close} />
        </Panel>
      )}
      {!isNarrow && <Separator className="divider" aria-label={texts.browse.widthOfList} />}
      {(!isNarrow || isOpen) && (
        <Panel id="detail" {...(isNarrow ? {} : { minSize: 320 })}>
          {/* It is still about this list, which is only not in view. */}
          {isNarrow && <h1 className="only-read-out">{title ?? texts.browse.memories}</h1>}
          <div className="browse__detail" ref={detail} tabIndex={-1}>
            {place.open === undefined ? (
              <Unopened />
            ) : (
              <>
                <MemoryPane
                  id={place.open}
                  onClose={close}
                  onOpen={(id) => go({ ...currentPlace(), open: id })}
                />
                <HitMarks id={place.open} pane={detail} />
              </>
            )}
          </div>
        </Panel>
      )}
    </Group>
  );
}

/** At once, or as soon as it has been read, unless one goes elsewhere meanwhile. Returns the way to stop. */
function focusMemory(pane: HTMLElement): () => void {
  pane.focus();
  const observer = new MutationObserver(tryIt);
  function tryIt(): void {
    const memory = pane.querySelector<HTMLElement>('section[tabindex]');
    if (memory && document.activeElement === pane) memory.focus({ preventScroll: true });
    if (document.activeElement !== pane) observer.disconnect();
  }
  observer.observe(pane, { childList: true, subtree: true });
  tryIt();
  return () => observer.disconnect();
}

/** Nothing is open: the keys that lead on. */
function Unopened() {
  const texts = useTexts();
  const saidKeys = useSaidKeys();
  return (
    <dl className="unopened">
      {[
        ['↑ ↓', texts.browse.keys.move],
        [texts.browse.keys.enter, texts.browse.keys.open],
        [texts.browse.keys.shift, texts.browse.keys.several],
        [saidKeys('memory.tag'), texts.browse.keys.tag],
        [saidKeys('memory.new'), texts.browse.keys.newMemory],
        [saidKeys('app.commands'), texts.browse.keys.all],
      ].map(([key, deed]) => (
        <div className="unopened__key" key={key}>
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{deed}</dd>
        </div>
      ))}
    </dl>
  );
}
