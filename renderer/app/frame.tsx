import { Dialog } from '@base-ui/react/dialog';
import { Menu as MenuIcon } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels';
import type { MeaningState } from '../../shared/schemas/app-status.ts';
import { useCurrentSession } from '../api/overview.ts';
import { useLibraryInView, usePeople } from '../api/people.ts';
import { IconButton } from '../components/icon-button.tsx';
import { useIsNarrow } from '../components/use-is-narrow.ts';
import { Sidebar, sidebarKey, WaysButtons } from '../features/sidebar/sidebar.tsx';
import { isList, isSpecializations, keyOf, type Place } from '../navigation/place.ts';
import { useTexts } from '../text/use-texts.ts';
import './frame.css';
import { keepScroll } from './page-scroll.ts';

interface FrameProps {
  readonly place: Place;
  readonly meaning: MeaningState;
  /** `top` stands above whatever is shown where there is no sidebar. */
  readonly children: (top: ReactNode) => ReactNode;
}

/** The sidebar and the page beside it; in a narrow window the sidebar is drawn over it when it is wanted. */
export function Frame({ place, meaning, children }: FrameProps) {
  const texts = useTexts();
  const library = useLibraryInView();
  const person = usePeople()?.find(({ current }) => current)?.name;
  const session = useCurrentSession()?.title;
  useEffect(() => {
    document.title = session === undefined ? 'Loci' : `${session} – Loci`;
  }, [session]);
  const isNarrow = useIsNarrow();
  const layout = useDefaultLayout({
    id: 'loci.frame',
    storage: localStorage,
    panelIds: isNarrow ? ['page'] : ['sidebar', 'page'],
  });
  const page = (
    // A new page begins at its top, and nothing of one library is left when another comes into view.
    <main
      className={
        isList(place.view) || isSpecializations(place.view) ? 'frame__page frame__page--list' : 'frame__page'
      }
      key={pageKey(place, library)}
      ref={keepScroll}
    >
      {children(isNarrow ? <NarrowBar place={place} meaning={meaning} /> : null)}
    </main>
  );
  return (
    <>
      <div className="frame">
        {/* The page stays what it is when the sidebar goes: somebody may be writing in it. */}
        <Group {...layout}>
          {!isNarrow && (
            <Panel
              id="sidebar"
              defaultSize={232}
              minSize={200}
              maxSize={360}
              groupResizeBehavior="preserve-pixel-size"
            >
              <Sidebar current={sidebarKey(place)} meaning={meaning} />
            </Panel>
          )}
          {!isNarrow && <Separator className="divider" aria-label={texts.frame.sidebarWidth} />}
          <Panel id="page">{page}</Panel>
        </Group>
      </div>
      <output className="only-read-out">
        {library > 0 && person !== undefined ? texts.frame.libraryOf(person) : ''}
      </output>
    </>
  );
}

/** The list of people is the same whoever is looking. */
const pageKey = (place: Place, library: number): string =>
  place.view.kind === 'people' ? 'people' : `${keyOf({ view: place.view })} ${library}`;

/** Where there is no room for the sidebar: the way to it, and back. */
function NarrowBar({ place, meaning }: { place: Place; meaning: MeaningState }) {
  const texts = useTexts();
  // Open for the place it was opened at: whoever goes elsewhere by it closes it.
  const key = keyOf(place);
  const [openAt, setOpenAt] = useState<string>();
  return (
    <div className="narrow-bar">
      <Dialog.Root open={openAt === key} onOpenChange={(open) => setOpenAt(open ? key : undefined)}>
        <Dialog.Trigger render={<IconButton label={texts.frame.showSidebar} icon={MenuIcon} />} />
        <Dialog.Portal>
          <Dialog.Backdrop className="dialog__veil" />
          <Dialog.Popup className="drawer" aria-label={texts.frame.sidebar}>
            <Sidebar current={sidebarKey(place)} meaning={meaning} />
          </Dialog.Popup>
        </Dialog.Portal>
      </Dialog.Root>
      <WaysButtons />
    </div>
  );
}
