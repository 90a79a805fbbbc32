import { useTexts } from '../../text/use-texts.ts';
import { useCallback, useEffect, useRef, type ReactNode } from 'react';
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels';
import { useIsNarrow } from '../../components/use-is-narrow.ts';
import { currentPlace, go } from '../../navigation/history.ts';
import type { Place } from '../../navigation/place.ts';
import '../browse/browse-page.css';
import { CompareView } from './compare-view.tsx';
import { LibraryPane } from './library-pane.tsx';
import { SpecializationPane } from './specialization-pane.tsx';

/** What the keyboard only passes by is not opened. */
const restMs = 150;

/** All specializations; one of them beside the others, or two side by side. */
export function SpecializationsPage({ place, top }: { place: Place; top: ReactNode }) {
  const texts = useTexts();
  const isNarrow = useIsNarrow();
  const detail = useRef<HTMLDivElement>(null);
  const resting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const layout = useDefaultLayout({
    id: 'loci.specializations',
    storage: localStorage,
    panelIds: ['list', 'detail'],
  });
  useEffect(() => () => clearTimeout(resting.current), []);

  const open = useCallback(
    (id: string, isWish: boolean) => {
      clearTimeout(resting.current);
      const now = currentPlace();
      if (isWish) {
        if (now.open === id) detail.current?.querySelector<HTMLElement>('section[tabindex]')?.focus();
        go({ ...now, open: id });
      } else if (!isNarrow && now.open !== undefined) {
        resting.current = setTimeout(() => go({ ...currentPlace(), open: id }, { replace: true }), restMs);
      }
    },
    [isNarrow],
  );
  const close = useCallback(() => {
    clearTimeout(resting.current);
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

  if (place.pair) return <CompareView key={place.pair.join()} pair={place.pair} top={top} />;
  const list = <LibraryPane place={place} top={top} onOpen={open} onGone={replace} onClose={close} />;
  if (place.open === undefined) return <div className="browse">{list}</div>;
  const pane = (
    <div className="browse__detail" ref={detail}>
      <SpecializationPane key={place.open} id={place.open} onClose={close} />
    </div>
  );
  if (isNarrow)
    return (
      <div className="browse browse--narrow">
        <h1 className="only-read-out">{texts.specializations.title}</h1>
        {pane}
      </div>
    );
  return (
    <Group className="browse" {...layout}>
      <Panel
        id="list"
        defaultSize={340}
        minSize={280}
        maxSize={640}
        groupResizeBehavior="preserve-pixel-size"
      >
        {list}
      </Panel>
      <Separator className="divider" aria-label={texts.specializations.pane.width} />
      <Panel id="detail" minSize={360}>
        {pane}
      </Panel>
    </Group>
  );
}
