import {
  ArrowDownNarrowWide,
  ArrowDownWideNarrow,
  Ellipsis,
  FilePlus2,
  Rows2,
  Rows4,
  type LucideIcon,
} from 'lucide-react';
import { useCallback, useMemo, useRef, useState, type ReactNode } from 'react';
import { loci } from '../../api/loci.ts';
import { useOverview } from '../../api/overview.ts';
import { useSession } from '../../api/sessions.ts';
import { Button } from '../../components/button.tsx';
import { showDialog } from '../../components/dialog-host.tsx';
import { IconButton } from '../../components/icon-button.tsx';
import { Menu } from '../../components/menu.tsx';
import type { MenuGroups } from '../../components/menu-items.tsx';
import { Notice } from '../../components/notice.tsx';
import { tell } from '../../components/toasts.tsx';
import { withCommand } from '../../navigation/keys.ts';
import { keyOf, type Place } from '../../navigation/place.ts';
import { formatCount, memoriesInWords } from '../../text/quantities.ts';
import { openComposer } from '../capture/composing.ts';
import { sessionMenu } from '../sessions/session-menu.tsx';
import { SessionFacts } from '../sessions/session-facts.tsx';
import { tagMenu } from '../tags/tag-menu.tsx';
import { scopeOf } from '../search/scope-of-place.ts';
import { SearchField } from '../search/search-field.tsx';
import type { SearchOrder } from '../search/search-wish.ts';
import { SearchedList } from '../search/searched-list.tsx';
import { PurgeDialog } from '../trash/purge-dialog.tsx';
import { EmptyList } from './empty-list.tsx';
import { requestOf, searchedIn, titleOf } from './list-of-place.ts';
import { ListedMemories, type EnterList } from './listed-memories.tsx';
import './list-pane.css';
import { density, order, type Density, type Order } from './list-settings.ts';
import { useMemoryList, type ListRequest } from './memory-lists.ts';
import { nothing, reversed, type Outline } from './outline.ts';

interface ListPaneProps {
  readonly place: Place;
  /** Above the title: the way back in a narrow window, and the search. */
  readonly top: ReactNode;
  readonly onOpen: (id: string, isWish: boolean) => void;
  /** What was open is no longer in this list; its neighbour takes its place. */
  readonly onGone: (neighbour: string | undefined) => void;
  readonly onClose: () => void;
}

/** A list of memories under its title, and what can be done with those that are chosen. */
export function ListPane({ place, top, onOpen, onGone, onClose }: ListPaneProps) {
  const overview = useOverview();
  const { view } = place;
  const session = useSession(view.kind === 'session' ? view.id : undefined);
  const scope = useMemo(() => scopeOf({ view }, overview, session?.title), [view, overview, session?.title]);
  const [searchOrder, setSearchOrder] = useState<SearchOrder>('relevance');
  const entry = useRef<EnterList>(() => undefined);
  const typed = searchedIn(place, overview);
  const isKnown = overview !== undefined && (view.kind !== 'session' || session !== undefined);
  const request = typed === undefined ? requestOf(place, overview) : undefined;
  const isAmiss = typed === undefined && request === undefined && overview !== undefined;
  const onEntry = useCallback((enter: EnterList) => {
    entry.current = enter;
  }, []);
  const shared = { place, onEntry, onOpen, onGone, onClose };
  return (
    <section className="list-pane" aria-label="Memories">
      <div className="list-pane__top">
        {top}
        <SearchField
          place={place}
          typed={typed ?? ''}
          scope={scope}
          order={searchOrder}
          onEnterList={(opens) => entry.current(opens)}
        />
      </div>
      {request && <Listed {...shared} request={request} />}
      {typed !== undefined && isKnown && (
        <SearchedList {...shared} typed={typed} scope={scope} order={searchOrder} onOrder={setSearchOrder} />
      )}
      {isAmiss && (
        <div className="list-pane__notice">
          <Notice tone="quiet" title="There is no such list any more" />
        </div>
      )}
    </section>
  );
}

interface ListedProps extends Omit<ListPaneProps, 'top'> {
  readonly request: ListRequest;
  readonly onEntry: (enter: EnterList) => void;
}

function Listed({ request, ...shared }: ListedProps) {
  const { place } = shared;
  const { outline: found, failure } = useMemoryList(request);
  const chosenOrder = order.use();
  const outline = useOrdered(found, chosenOrder === 'oldest');
  const overview = useOverview();
  return (
    <>
      <Heading place={place} count={found?.length} />
      {failure !== undefined && (
        <div className="list-pane__notice">
          <Notice tone="danger" title="The list could not be read">
            <p>{failure}</p>
          </Notice>
        </div>
      )}
      {found && outline.length === 0 && <EmptyList place={place} />}
      <ListedMemories
        {...shared}
        name={keyOf(place)}
        label={titleOf(place, overview) ?? 'Memories'}
        outline={outline}
        isTrash={place.view.kind === 'trash'}
      />
    </>
  );
}

function useOrdered(found: Outline | undefined, isReversed: boolean): Outline {
  const [kept, setKept] = useState({ found, isReversed, outline: ordered(found, isReversed) });
  if (kept.found === found && kept.isReversed === isReversed) return kept.outline;
  const next = { found, isReversed, outline: ordered(found, isReversed) };
  setKept(next);
  return next.outline;
}

const ordered = (found: Outline | undefined, isReversed: boolean): Outline =>
  found && isReversed ? reversed(found) : (found ?? nothing);

function Heading({ place, count }: { place: Place; count: number | undefined }) {
  const overview = useOverview();
  const session = useSession(place.view.kind === 'session' ? place.view.id : undefined);
  const title = titleOf(place, overview) ?? session?.title ?? '';
  const [chosenOrder, chosenDensity] = [order.use(), density.use()];
  return (
    <header className="list-pane__heading">
      <div className="list-pane__words">
        <h1 className="list-pane__title" dir="auto">
          {title}
        </h1>
        <p className="list-pane__count">
          {session ? <SessionFacts session={session} /> : count !== undefined && memoriesInWords(count)}
        </p>
      </div>
      {place.view.kind === 'trash' && count !== undefined && count > 0 && (
        <Button tone="quiet" onClick={() => askToEmpty(count)}>
          Empty trash…
        </Button>
      )}
      <Menu
        label="View and actions"
        className="icon-button"
        align="end"
        groups={[...ownMenu(place, overview, session), ...viewGroups(chosenOrder, chosenDensity)]}
      >
        <Ellipsis size={16} strokeWidth={1.75} aria-hidden="true" />
      </Menu>
      <IconButton label="New memory" shortcut={withCommand('N')} icon={FilePlus2} onClick={openComposer} />
    </header>
  );
}

function askToEmpty(count: number): void {
  showDialog((close) => (
    <PurgeDialog
      count={count}
      purge={async () => {
        const { purged } = await loci.memories.emptyTrash();
        tell({ words: `Deleted ${formatCount(purged)} for good` });
      }}
      onClose={close}
    />
  ));
}

function ownMenu(
  { view }: Place,
  overview: ReturnType<typeof useOverview>,
  session: ReturnType<typeof useSession>,
): MenuGroups {
  if (view.kind === 'session') return session ? sessionMenu(session) : [];
  const tag = overview?.tags.find((each) => 'id' in view && each.id === view.id);
  return tag ? tagMenu(tag) : [];
}

function viewGroups(chosenOrder: Order, chosenDensity: Density): MenuGroups {
  const orderItem = (value: Order, label: string, icon: LucideIcon) => ({
    key: value,
    label,
    icon,
    chosen: chosenOrder === value,
    run: () => order.choose(value),
  });
  const densityItem = (value: Density, label: string, icon: LucideIcon) => ({
    key: value,
    label,
    icon,
    chosen: chosenDensity === value,
    run: () => density.choose(value),
  });
  return [
    [
      orderItem('newest', 'Newest first', ArrowDownWideNarrow),
      orderItem('oldest', 'Oldest first', ArrowDownNarrowWide),
    ],
    [densityItem('comfortable', 'Comfortable', Rows2), densityItem('compact', 'Compact', Rows4)],
  ];
}
