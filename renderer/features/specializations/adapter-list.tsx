import { useTexts } from '../../text/use-texts.ts';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import {
  useCallback,
  useEffect,
  useId,
  useLayoutEffect,
  useState,
  useSyncExternalStore,
  type DragEvent,
  type KeyboardEvent,
  type MouseEvent,
} from 'react';
import type { CommandPlace } from '../../../shared/commands/commands.ts';
import type { SpecializationRow } from '../../../shared/schemas/specialization-list.ts';
import { ContextMenu } from '../../components/context-menu.tsx';
import type { MenuGroups } from '../../components/menu-items.tsx';
import { useNow } from '../../components/use-now.ts';
import { isMac } from '../../navigation/keys.ts';
import { typeAhead } from '../../navigation/type-ahead.ts';
import { leftAt, remember } from '../browse/list-memory.ts';
import type { Outline } from '../browse/outline.ts';
import { listKey } from '../browse/list-keys.ts';
import { extendedTo, only, toggled, type Selection } from '../browse/selection.ts';
import { useAskedReason } from '../search/asked-reason.ts';
import { AdapterCard } from './adapter-card.tsx';
import { AdapterReason } from './adapter-reason.tsx';
import { AdapterLine, AdapterTableRow } from './adapter-row.tsx';
import './adapter-list.css';
import { columns, sortBy, type Layout, type Sorting } from './list-choices.ts';
import { whyFound, type SpecializationHit } from './specialization-search.ts';

const heights = { table: 40, lines: 60, cards: 152 } as const;
const headHeight = 32;
/** From here on there is room for columns. */
const tableWidth = 700;
const cardWidth = 240;
const gap = 12;

interface AdapterListProps {
  readonly label: string;
  readonly name: string;
  readonly rows: readonly (SpecializationRow & { readonly group?: string | null })[];
  /** Versions of one adapter stand below the first of them. */
  readonly isGrouped: boolean;
  readonly outline: Outline;
  readonly layout: Layout;
  /** Null where it has an order of its own. */
  readonly sorting: Sorting | null;
  readonly selection: Selection;
  readonly openId: string | undefined;
  /** Of a search, by the specialization. */
  readonly hits: ReadonlyMap<string, SpecializationHit>;
  readonly onSelect: (selection: Selection) => void;
  readonly onOpen: (id: string, isWish: boolean) => void;
  /** Where its keys count. */
  readonly commandPlace: CommandPlace;
  /** False when there is nowhere to step back to. */
  readonly onEscape: () => boolean;
  readonly menu: (ids: readonly string[]) => MenuGroups;
}

/** Specializations as a table, as lines where there is no room for one, or as cards: only those in view are there. */
export function AdapterList(props: AdapterListProps) {
  const texts = useTexts();
  const { label, name, rows, isGrouped, outline, layout, sorting, selection, openId } = props;
  const { onSelect, onOpen, onEscape, commandPlace, menu, hits } = props;
  const reason = useAskedReason(name);
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const [findTyped] = useState(() => typeAhead({ reserved: 'jk' }));
  const listId = useId();
  const now = useNow();
  const width = useWidth(scroller);
  const form = layout === 'cards' ? 'cards' : width >= tableWidth ? 'table' : 'lines';
  const across = form === 'cards' ? Math.max(1, Math.floor((width - 24 + gap) / (cardWidth + gap))) : 1;
  const lines = Math.ceil(rows.length / across);
  const height = heights[form];
  const step = height + (form === 'cards' ? gap : 0);
  const cursorRow = selection.cursor === undefined ? -1 : outline.indexOf(selection.cursor);
  const above = form === 'table' ? headHeight : 0;

  // oxlint-disable-next-line react/incompatible-library -- What it answers with is read in this render and given to nobody.
  const virtualizer = useVirtualizer({
    count: lines,
    getScrollElement: () => scroller,
    estimateSize: () => step,
    overscan: 6,
    paddingStart: above + (form === 'cards' ? gap : 0),
    scrollPaddingStart: above,
    paddingEnd: 8,
    initialOffset: () => leftAt(name).offset,
  });
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, step, lines, above]);
  useEffect(() => {
    if (document.activeElement === document.body) scroller?.focus({ preventScroll: true });
  }, [name, scroller]);

  const rowIn = ({ target }: { target: EventTarget }): number => {
    const element = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
    return element ? Number(element.dataset['row']) : -1;
  };
  const show = (row: number): void => virtualizer.scrollToIndex(Math.floor(row / across), { align: 'auto' });

  function onMouseDown(event: MouseEvent): void {
    const row = rowIn(event);
    if (row < 0 || event.button !== 0) return;
    const id = outline.idAt(row);
    if (event.shiftKey) onSelect(extendedTo(selection, outline, row));
    else if (isMac ? event.metaKey : event.ctrlKey) onSelect(toggled(selection, id));
    else if (!selection.ids.has(id)) onSelect(only(id));
    if (event.shiftKey) event.preventDefault();
    scroller?.focus({ preventScroll: true });
  }

  function onClick(event: MouseEvent): void {
    const row = rowIn(event);
    if (row < 0 || event.shiftKey || event.ctrlKey || event.metaKey) return;
    const id = outline.idAt(row);
    onSelect(only(id));
    onOpen(id, true);
  }

  function menuAt(event: MouseEvent): MenuGroups | undefined {
    const row = rowIn(event);
    const at = row < 0 ? cursorRow : row;
    if (at < 0 || (row < 0 && event.button === 2)) return undefined;
    const id = outline.idAt(at);
    if (selection.ids.has(id)) return menu([...selection.ids]);
    onSelect(only(id));
    return menu([id]);
  }

  /** False when there is nothing to say. */
  function askWhy(id: string | undefined): boolean {
    const anchor = scroller?.querySelector('[data-cursor]');
    if (id === undefined || !anchor || !hits.has(id)) return false;
    reason.ask({ id, anchor, takesFocus: true });
    return true;
  }

  function onKeyDown(event: KeyboardEvent): void {
    // The headings of the columns have keys of their own.
    if (event.target !== scroller) return;
    const page = Math.max(1, Math.floor(((scroller.clientHeight ?? 0) - above) / step) - 1) * across;
    const where = { outline, selection, cursorRow, page, isMac };
    // With several chosen, letters are commands.
    const names = selection.ids.size > 1 ? [] : rows.map((row) => row.name);
    const typedTo = findTyped(event, names, cursorRow);
    const moved =
      typedTo !== undefined
        ? { selection: only(outline.idAt(typedTo)), row: typedTo, opens: true }
        : form === 'cards'
          ? acrossKey(event, where, across)
          : listKey(event, where);
    if (moved) {
      event.preventDefault();
      onSelect(moved.selection);
      show(moved.row);
      if (moved.opens) onOpen(outline.idAt(moved.row), false);
    } else if (event.key === 'Enter' && cursorRow >= 0) {
      event.preventDefault();
      onOpen(outline.idAt(cursorRow), true);
    } else if (event.key === ' ' && !event.ctrlKey && askWhy(selection.cursor)) {
      event.preventDefault();
    } else if (event.key === 'Escape' && onEscape()) {
      event.preventDefault();
    }
  }

  const items = virtualizer.getVirtualItems();
  const shown = items.flatMap(({ index }) =>
    rows.slice(index * across, (index + 1) * across).map((row, at) => ({ row, at: index * across + at })),
  );
  const cursorShown = shown.some(({ at }) => at === cursorRow);
  const Item = { table: AdapterTableRow, lines: AdapterLine, cards: AdapterCard }[form];
  const domIdOf = (id: string) => `${listId}${id}`;

  return (
    <ContextMenu label={texts.specializations.one} groups={menuAt}>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Its role is one of two. */}
      <div
        className="adapter-list"
        ref={setScroller}
        role={form === 'table' ? 'grid' : 'listbox'}
        tabIndex={0}
        aria-label={label}
        aria-multiselectable
        data-command-place={commandPlace}
        aria-rowcount={form === 'table' ? rows.length + 1 : undefined}
        aria-activedescendant={
          selection.cursor !== undefined && cursorShown ? domIdOf(selection.cursor) : undefined
        }
        onMouseDown={onMouseDown}
        onScroll={({ currentTarget }) => remember(name, { ...leftAt(name), offset: currentTarget.scrollTop })}
        onClick={onClick}
        onPointerMove={reason.onPointerMove}
        onKeyDown={onKeyDown}
        onDragStart={(event: DragEvent) => event.preventDefault()}
      >
        <div className="adapter-list__all" role="presentation" style={{ height: virtualizer.getTotalSize() }}>
          {form === 'table' && <TableHead sorting={sorting} />}
          {width > 0 &&
            shown.map(({ row, at }) => (
              <Item
                key={row.id}
                row={row}
                domId={domIdOf(row.id)}
                at={at}
                of={rows.length}
                top={Math.floor(at / across) * step + above + (form === 'cards' ? gap : 0)}
                column={at % across}
                columns={across}
                isSelected={selection.ids.has(row.id)}
                isCursor={row.id === selection.cursor}
                isOpen={row.id === openId}
                isVersion={isGrouped && row.group != null && rows[at - 1]?.group === row.group}
                reason={whyFound(hits.get(row.id), texts)}
                hit={hits.get(row.id)}
                now={now}
              />
            ))}
        </div>
        <AdapterReason reason={reason} hits={hits} />
      </div>
    </ContextMenu>
  );
}

/** Among cards, up and down lead a row on, left and right to the neighbour. */
function acrossKey(
  event: KeyboardEvent,
  where: Parameters<typeof listKey>[1],
  across: number,
): ReturnType<typeof listKey> {
  const { key, shiftKey, ctrlKey, metaKey, altKey } = event;
  const pressed = { shiftKey, ctrlKey, metaKey, altKey };
  const isBack = document.dir === 'rtl';
  switch (key) {
    case 'ArrowRight':
      return listKey({ ...pressed, key: isBack ? 'ArrowUp' : 'ArrowDown' }, where);
    case 'ArrowLeft':
      return listKey({ ...pressed, key: isBack ? 'ArrowDown' : 'ArrowUp' }, where);
    case 'ArrowDown':
      return listKey({ ...pressed, key: 'PageDown' }, { ...where, page: where.cursorRow < 0 ? 0 : across });
    case 'ArrowUp':
      return listKey({ ...pressed, key: 'PageUp' }, { ...where, page: across });
    default:
      return listKey(event, where);
  }
}

function TableHead({ sorting }: { sorting: Sorting | null }) {
  const texts = useTexts();
  return (
    <div
      className="adapter-list__head adapter-columns"
      role="row"
      aria-rowindex={1}
      // Its buttons are about no specialization.
      data-command-place="anywhere"
    >
      {columns.map((column) => {
        const isBy = sorting?.by === column;
        const Arrow = sorting?.isDown ? ArrowDown : ArrowUp;
        return (
          <div
            key={column}
            role="columnheader"
            className={`adapter-columns__${column}`}
            aria-sort={isBy ? (sorting.isDown ? 'descending' : 'ascending') : 'none'}
          >
            {sorting ? (
              <button type="button" className="adapter-list__sort" onClick={() => sortBy(column)}>
                {texts.specializations.columns[column]}
                {isBy && <Arrow size={12} strokeWidth={2} aria-hidden="true" />}
              </button>
            ) : (
              <span className="adapter-list__column">{texts.specializations.columns[column]}</span>
            )}
          </div>
        );
      })}
    </div>
  );
}

/** Of what is inside, without the scroll bar. */
function useWidth(element: HTMLElement | null): number {
  const follow = useCallback(
    (onChange: () => void) => {
      const observer = new ResizeObserver(onChange);
      if (element) observer.observe(element);
      return () => observer.disconnect();
    },
    [element],
  );
  return useSyncExternalStore(follow, () => element?.clientWidth ?? 0);
}
