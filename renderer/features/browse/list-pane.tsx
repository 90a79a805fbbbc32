import {
  ArrowDownNarrowWide,
  ArrowDownWideNarrow,
  Ellipsis,
  FilePlus2,
  Rows2,
  Rows4,
  type LucideIcon,
} from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { loci } from '../../api/loci.ts';
import { useOverview } from '../../api/overview.ts';
import { useSession } from '../../api/sessions.ts';
import { useSettings } from '../../api/settings.ts';
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
import { commandMemory } from '../memory/pane-commands.ts';
import { savedSearchMenu } from '../sidebar/saved-search-menu.tsx';
import { sessionMenu } from '../sessions/session-menu.tsx';
import { SessionFacts } from '../sessions/session-facts.tsx';
import { tagMenu } from '../tags/tag-menu.tsx';
import { TagPicker } from '../tags/tag-picker.tsx';
import { PurgeDialog } from '../trash/purge-dialog.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { EmptyList } from './empty-list.tsx';
import { leftAt, remember } from './list-memory.ts';
import { requestOf, titleOf } from './list-of-place.ts';
import './list-pane.css';
import { density, order, type Density, type Order } from './list-settings.ts';
import { areAllPinned, memoryMenu } from './memory-menu.ts';
import { moveToTrash, purge, setPinned } from './memory-deeds.ts';
import { MemoryList } from './memory-list.tsx';
import { useMemoryList, type ListRequest } from './memory-lists.ts';
import { nothing, reversed, type Outline } from './outline.ts';
import { everything, keptIn, noSelection, only, type Selection } from './selection.ts';

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
  const request = requestOf(place, overview);
  const isAmiss = request === undefined && overview !== undefined;
  return (
    <section className="list-pane" aria-label="Memories">
      <div className="list-pane__top">{top}</div>
      {request && (
        <Listed place={place} request={request} onOpen={onOpen} onGone={onGone} onClose={onClose} />
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
}

function Listed({ place, request, onOpen, onGone, onClose }: ListedProps) {
  const name = keyOf(place);
  const { outline: found, failure } = useMemoryList(request);
  const chosenOrder = order.use();
  const chosenDensity = density.use();
  const isSearch = 'search' in request;
  const outline = useOrdered(found, chosenOrder === 'oldest' && !isSearch);
  const { selection, select } = useSelection(name, outline, place.open, onGone);
  const overview = useOverview();
  const keepDays = useSettings()['trash.keepDays'];
  const isTrash = place.view.kind === 'trash';
  const ids = [...selection.ids];

  const askToPurge = (some: readonly string[]) =>
    showDialog((close) => <PurgeDialog count={some.length} purge={() => purge(some)} onClose={close} />);
  const askForTag = (some: readonly string[]) =>
    showDialog((close) => <TagPicker ids={some} onClose={close} />);

  function command(key: string): boolean {
    if (key === 'Escape') return stepBack();
    if (ids.length === 0) return false;
    const deeds: Readonly<Record<string, () => void>> = isTrash
      ? { Delete: () => askToPurge(ids), Backspace: () => askToPurge(ids) }
      : {
          Delete: () => void moveToTrash(ids),
          Backspace: () => void moveToTrash(ids),
          p: () => void setPinned(ids, !areAllPinned(ids)),
          t: () => askForTag(ids),
          e: () => edit(selection.cursor),
        };
    const deed = deeds[key.length === 1 ? key.toLowerCase() : key];
    deed?.();
    return deed !== undefined;
  }

  function edit(id: string | undefined): void {
    if (id === undefined) return;
    onOpen(id, true);
    commandMemory(id, 'edit');
  }

  function stepBack(): boolean {
    if (selection.ids.size > 1) select(selection.cursor === undefined ? noSelection : only(selection.cursor));
    else if (place.open !== undefined) onClose();
    else if (selection.ids.size > 0) select(noSelection);
    else return false;
    return true;
  }

  return (
    <>
      <Heading place={place} count={found?.length} isSearch={isSearch} />
      {failure !== undefined && (
        <div className="list-pane__notice">
          <Notice tone="danger" title="The list could not be read">
            <p>{failure}</p>
          </Notice>
        </div>
      )}
      {found && outline.length === 0 && <EmptyList place={place} />}
      {outline.length > 0 && (
        <MemoryList
          label={titleOf(place, overview) ?? 'Memories'}
          name={name}
          outline={outline}
          density={chosenDensity}
          selection={selection}
          openId={place.open}
          keepDays={isTrash ? keepDays : undefined}
          onSelect={select}
          onOpen={onOpen}
          onCommand={command}
          menu={(some) =>
            memoryMenu({ ids: some, isTrash, overview, onTag: askForTag, onPurge: askToPurge, onOpen })
          }
        />
      )}
      {selection.ids.size > 1 && (
        <BulkBar
          ids={ids}
          total={outline.length}
          isTrash={isTrash}
          onAll={() => select(everything(outline, selection))}
          onNone={() => select(noSelection)}
          onTag={() => askForTag(ids)}
          onPurge={() => askToPurge(ids)}
        />
      )}
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

/** What is chosen, over the changes of the list and for when one comes back to it. */
function useSelection(
  name: string,
  outline: Outline,
  open: string | undefined,
  onGone: (neighbour: string | undefined) => void,
) {
  const [selection, setSelection] = useState(() => including(leftAt(name).selection, open));
  const [opened, setOpened] = useState(open);
  const before = useRef(outline);

  useEffect(() => {
    const was = before.current;
    before.current = outline;
    if (was === outline) return;
    // It has only just been read.
    if (was.length === 0) return;
    const next = keptIn(selection, outline, was);
    if (next !== selection) setSelection(next);
    const hasGone = open !== undefined && was.indexOf(open) >= 0 && outline.indexOf(open) < 0;
    if (hasGone) onGone(next.cursor);
  }, [outline, selection, open, onGone]);

  useEffect(() => () => remember(name, { ...leftAt(name), selection }), [name, selection]);

  // What was opened from elsewhere is where the keyboard goes on.
  if (opened !== open) {
    setOpened(open);
    setSelection(including(selection, open));
  }

  return { selection, select: (next: Selection) => setSelection(next) };
}

const including = (selection: Selection, open: string | undefined): Selection =>
  open === undefined || selection.ids.has(open) || selection.ids.size > 1 ? selection : only(open);

function Heading({ place, count, isSearch }: { place: Place; count: number | undefined; isSearch: boolean }) {
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
        groups={[...ownMenu(place, overview, session), ...viewGroups(isSearch, chosenOrder, chosenDensity)]}
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
  const id = 'id' in view ? view.id : '';
  const tag = overview?.tags.find((each) => each.id === id);
  if (tag) return tagMenu(tag);
  const saved = overview?.savedSearches.find((each) => each.id === id);
  return saved ? savedSearchMenu(saved) : [];
}

function viewGroups(isSearch: boolean, chosenOrder: Order, chosenDensity: Density): MenuGroups {
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
    isSearch
      ? []
      : [
          orderItem('newest', 'Newest first', ArrowDownWideNarrow),
          orderItem('oldest', 'Oldest first', ArrowDownNarrowWide),
        ],
    [densityItem('comfortable', 'Comfortable', Rows2), densityItem('compact', 'Compact', Rows4)],
  ];
}
