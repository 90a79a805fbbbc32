import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import {
  useCallback,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
  type ComponentType,
  type DragEvent,
  type MouseEvent,
} from 'react';
import type { CommandPlace } from '../../../shared/commands/commands.ts';
import { ContextMenu } from '../../components/context-menu.tsx';
import type { MenuGroups } from '../../components/menu-items.tsx';
import { useNow } from '../../components/use-now.ts';
import { isMac } from '../../navigation/keys.ts';
import { nameOfDay } from '../../text/days.ts';
import { useTexts } from '../../text/use-texts.ts';
import { dayGroups, type DayGroup } from './day-groups.ts';
import { beginDrag } from './drag.ts';
import { listKey } from './list-keys.ts';
import { layOut } from './list-layout.ts';
import { leftAt, remember } from './list-memory.ts';
import type { Density } from './list-settings.ts';
import { cutTo, LongScroll, mostPx, stretchAround } from './long-scroll.ts';
import './memory-list.css';
import { MemoryRow, type MemoryRowProps } from './memory-row.tsx';
import type { Outline } from './outline.ts';
import { extendedTo, only, toggled, type Selection } from './selection.ts';

const headingHeight = 32;
const endPadding = 8;
const rowHeights: Readonly<Record<Density, number>> = { comfortable: 96, compact: 32 };

interface MemoryListProps {
  readonly label: string;
  /** Which commands its keys are for. */
  readonly commandPlace: CommandPlace;
  /** Its name among those one can come back to. */
  readonly name: string;
  readonly outline: Outline;
  /** What parts it; without, the days do. */
  readonly parts?: readonly DayGroup[] | undefined;
  /** How one of them is shown. */
  readonly Row?: ComponentType<MemoryRowProps>;
  readonly density: Density;
  readonly selection: Selection;
  readonly openId: string | undefined;
  /** How many days something stays in the trash, if that is what this is. */
  readonly keepDays?: number | null | undefined;
  readonly onSelect: (selection: Selection) => void;
  /** `isWish`: it was asked for; otherwise the keyboard only came by. */
  readonly onOpen: (id: string, isWish: boolean) => void;
  /** A key that is not about moving; true when it was taken. */
  readonly onCommand: (key: string) => boolean;
  readonly menu: (ids: readonly string[]) => MenuGroups;
}

/** Memories below each other, as many as there are: only those in view are there. */
export function MemoryList(props: MemoryListProps) {
  const texts = useTexts();
  const {
    label,
    commandPlace,
    name,
    outline,
    parts,
    Row = MemoryRow,
    density,
    selection,
    openId,
    keepDays,
  } = props;
  const { onSelect, onOpen, onCommand, menu } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const listId = useId();
  const now = useNow();
  const groups = useMemo(() => parts ?? dayGroups(outline), [outline, parts]);
  const layout = useMemo(() => layOut(outline.length, groups), [outline, groups]);
  const rowHeight = rowHeights[density];
  const cursorRow = selection.cursor === undefined ? -1 : outline.indexOf(selection.cursor);
  const cursorItem = cursorRow < 0 ? -1 : layout.itemOf(cursorRow);
  const total = outline.length * rowHeight + groups.length * headingHeight + endPadding;
  const [scroll] = useState(() => new LongScroll());
  const shift = useSyncExternalStore(scroll.subscribe, scroll.shift);
  useLayoutEffect(() => (scroller.current ? scroll.attach(scroller.current) : undefined), [scroll]);
  useLayoutEffect(() => scroll.setTotal(total), [scroll, total]);

  // oxlint-disable-next-line react/incompatible-library -- What it answers with is read in this render and given to nobody.
  const virtualizer = useVirtualizer({
    count: layout.length,
    getScrollElement: () => scroller.current,
    estimateSize: (item) => (layout.isHeading(item) ? headingHeight : rowHeight),
    overscan: Row === MemoryRow ? 6 : 2,
    paddingEnd: endPadding,
    initialOffset: () => leftAt(name).offset,
    observeElementOffset: (_, onMove) => scroll.follow(onMove),
    scrollToFn: (offset, { adjustments = 0 }) => scroll.scrollTo(offset + adjustments),
    // Where the keyboard is must be there to be said, even when it was scrolled away.
    rangeExtractor: useCallback(
      (range: Range) => {
        const items = defaultRangeExtractor(range);
        return cursorItem < 0 || items.includes(cursorItem) ? items : [...items, cursorItem];
      },
      [cursorItem],
    ),
  });
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, layout, rowHeight]);
  useKeptInPlace({ scroll, outline, layout, rowHeight, groups });

  useEffect(() => {
    const element = scroller.current;
    // Whoever came here with nothing else in hand can go on by keyboard.
    if (document.activeElement === document.body) element?.focus({ preventScroll: true });
  }, [name]);

  const shownName = useRef(name);
  useLayoutEffect(() => {
    if (shownName.current === name) return;
    shownName.current = name;
    const { offset } = leftAt(name);
    // To move what stands there already would have the page laid out once more.
    if (offset !== scroll.offset) scroll.scrollTo(offset);
  }, [name, scroll]);
  // As one goes along: a list that gives way to a shorter one would say where that one ends.
  useLayoutEffect(
    () => scroll.follow((offset) => remember(name, { ...leftAt(name), offset })),
    [name, scroll],
  );

  /** No further than until all of it is seen, below the name of its day. */
  function show(row: number): void {
    const top = topOf({ layout, rowHeight }, row);
    const above = groups.length > 0 ? headingHeight : 0;
    const view = scroller.current?.clientHeight ?? 0;
    if (top - above < scroll.offset) scroll.scrollTo(top - above);
    else if (top + rowHeight > scroll.offset + view) scroll.scrollTo(top + rowHeight - view);
  }
  const rowIn = ({ target }: { target: EventTarget }): number => {
    const element = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
    return element ? Number(element.dataset['row']) : -1;
  };

  function onMouseDown(event: MouseEvent): void {
    const row = rowIn(event);
    if (row < 0 || event.button !== 0) return;
    const id = outline.idAt(row);
    if (event.shiftKey) onSelect(extendedTo(selection, outline, row));
    else if (isMac ? event.metaKey : event.ctrlKey) onSelect(toggled(selection, id));
    // One of several may be about to be dragged away with the others.
    else if (!selection.ids.has(id)) onSelect(only(id));
    // No text is chosen between two rows.
    if (event.shiftKey) event.preventDefault();
    scroller.current?.focus({ preventScroll: true });
  }

  function onClick(event: MouseEvent): void {
    const row = rowIn(event);
    if (row < 0 || event.shiftKey || event.ctrlKey || event.metaKey) return;
    const id = outline.idAt(row);
    onSelect(only(id));
    onOpen(id, true);
  }

  function onDragStart(event: DragEvent): void {
    const row = rowIn(event);
    if (row < 0) return;
    const id = outline.idAt(row);
    beginDrag(event, selection.ids.has(id) ? [...selection.ids] : [id]);
  }

  function menuAt(event: MouseEvent): MenuGroups | undefined {
    const row = rowIn(event);
    const at = row < 0 ? cursorRow : row;
    // By the menu key it is about what is chosen; beside the rows there is nothing to be about.
    if (at < 0 || (row < 0 && event.button === 2)) return undefined;
    const id = outline.idAt(at);
    if (selection.ids.has(id)) return menu([...selection.ids]);
    onSelect(only(id));
    return menu([id]);
  }

  const shown = Map.groupBy(
    virtualizer.getVirtualItems().filter(({ index }) => index < layout.length),
    ({ index }) => layout.groupOf(index),
  );
  const domIdOf = (id: string) => `${listId}${id}`;
  const stretch = stretchAround(virtualizer.scrollOffset ?? 0, total);

  return (
    <ContextMenu label={texts.browse.memory} groups={menuAt}>
      <div
        className="memory-list"
        data-command-place={commandPlace}
        ref={scroller}
        role="listbox"
        tabIndex={0}
        aria-label={label}
        aria-multiselectable
        aria-activedescendant={
          selection.cursor !== undefined && cursorRow >= 0 ? domIdOf(selection.cursor) : undefined
        }
        onMouseDown={onMouseDown}
        onClick={onClick}
        onDragStart={onDragStart}
        onKeyDown={(event) => {
          const page = Math.max(
            1,
            Math.floor(((scroller.current?.clientHeight ?? 0) - headingHeight) / rowHeight) - 1,
          );
          const moved = listKey(event, { outline, selection, cursorRow, page, isMac });
          if (moved) {
            event.preventDefault();
            onSelect(moved.selection);
            show(moved.row);
            if (moved.opens) onOpen(outline.idAt(moved.row), false);
          } else if (event.key === 'Enter' && cursorRow >= 0) {
            event.preventDefault();
            onOpen(outline.idAt(cursorRow), true);
          } else if (!event.ctrlKey && !event.metaKey && !event.altKey && onCommand(event.key)) {
            event.preventDefault();
          }
        }}
      >
        <div
          className="memory-list__all"
          role="presentation"
          data-long={total > mostPx || undefined}
          style={{ height: Math.min(total, mostPx) }}
        >
          {[...shown].map(([at, items]) => {
            const group = groups[at];
            const first = group?.first ?? 0;
            const top = first * rowHeight + Math.max(0, at) * headingHeight;
            const above = group ? headingHeight : 0;
            const height = headingHeight + (group?.count ?? 0) * rowHeight;
            const drawn = cutTo(stretch, { from: top, to: top + height });
            // From where its rows are counted: its own beginning, or that of the list.
            const origin = group ? drawn.from - top : shift;
            const rows = items.flatMap(({ index }) => {
              const row = layout.rowOf(index);
              if (row < 0) return [];
              const id = outline.idAt(row);
              return (
                <Row
                  // Hits are others with each letter: what showed one shows the one that takes its place.
                  key={Row === MemoryRow ? id : row}
                  id={id}
                  domId={domIdOf(id)}
                  row={row}
                  setSize={outline.length}
                  top={above + (row - first) * rowHeight - origin}
                  density={density}
                  isSelected={selection.ids.has(id)}
                  isCursor={id === selection.cursor}
                  isOpen={id === openId}
                  saysDay={group?.name !== undefined || !group}
                  keepDays={keepDays}
                  now={now}
                />
              );
            });
            return (
              <Day
                key={group?.name ?? group?.time ?? 'all'}
                group={group}
                top={drawn.from - shift}
                height={drawn.to - drawn.from}
                now={now}
              >
                {rows}
              </Day>
            );
          })}
        </div>
      </div>
    </ContextMenu>
  );
}

interface DayProps {
  readonly group: DayGroup | undefined;
  readonly top: number;
  readonly height: number;
  readonly now: Date;
  readonly children: React.ReactNode;
}

function Day({ group, top, height, now, children }: DayProps) {
  if (!group) return children;
  const name = group.name ?? nameOfDay(new Date(group.time).toISOString(), now);
  return (
    <div
      className="memory-list__day"
      role="group"
      aria-label={name}
      // Not by a transform, of which a heading that sticks to the top knows nothing.
      style={{ height, top }}
    >
      <div className="memory-list__heading" aria-hidden="true">
        {name}
      </div>
      {children}
    </div>
  );
}

interface Kept {
  readonly scroll: LongScroll;
  readonly outline: Outline;
  readonly layout: ReturnType<typeof layOut>;
  readonly groups: readonly DayGroup[];
  readonly rowHeight: number;
}

/** When others come or go above, what one looks at stays where it is; who is at the top sees what is new. */
function useKeptInPlace({ scroll, outline, layout, rowHeight, groups }: Kept): void {
  const before = useRef<Kept>(undefined);
  useLayoutEffect(() => {
    const was = before.current;
    before.current = { scroll, outline, layout, groups, rowHeight };
    const { offset } = scroll;
    if (!was || was.outline === outline || offset <= 0) return;
    const row = rowAt(was, offset);
    const found = outline.indexOf(was.outline.idAt(row));
    if (found < 0) return;
    const moved = topOf({ layout, rowHeight }, found) - topOf(was, row);
    if (moved !== 0) scroll.scrollTo(offset + moved);
  }, [scroll, outline, layout, rowHeight, groups]);
}

const topOf = ({ layout, rowHeight }: Pick<Kept, 'layout' | 'rowHeight'>, row: number): number =>
  row * rowHeight + (layout.itemOf(row) - row) * headingHeight;

function rowAt(kept: Kept, offset: number): number {
  let low = 0;
  let high = Math.max(0, kept.outline.length - 1);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (topOf(kept, middle) + kept.rowHeight > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}
