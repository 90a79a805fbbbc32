import {
  ArrowDownNarrowWide,
  ArrowDownWideNarrow,
  BookmarkPlus,
  ChevronDown,
  Rows2,
  Rows4,
  SearchX,
  Sparkles,
} from 'lucide-react';
import { memo, useCallback, useEffect, useMemo, useRef, type ComponentProps, type PointerEvent } from 'react';
import type { Texts } from '../../../shared/texts/index.ts';
import type { SearchHit } from '../../../shared/schemas/search.ts';
import { loci } from '../../api/loci.ts';
import { useOverview } from '../../api/overview.ts';
import { Actions } from '../../components/actions.tsx';
import { IconButton } from '../../components/icon-button.tsx';
import { Menu } from '../../components/menu.tsx';
import type { MenuGroups } from '../../components/menu-items.tsx';
import { Notice } from '../../components/notice.tsx';
import { currentPlace } from '../../navigation/history.ts';
import { addressOf, placeAt, type Place } from '../../navigation/place.ts';
import { formatCount } from '../../text/quantities.ts';
import { useTexts } from '../../text/use-texts.ts';
import { ListedMemories } from '../browse/listed-memories.tsx';
import { density, timeline, type Density } from '../browse/list-settings.ts';
import { ofIds, nothing } from '../browse/outline.ts';
import { OnceHint } from '../first-steps/once-hint.tsx';
import { timelineItem } from '../timeline/timeline-item.ts';
import { savedSearchMenu } from '../sidebar/saved-search-menu.tsx';
import { useAskedReason } from './asked-reason.ts';
import { useEntry } from './entering-hits.ts';
import { HitRow } from './hit-row.tsx';
import { HitsContext } from './hits-in-view.ts';
import { isAtRest } from './pointer-at-rest.ts';
import { ReasonPopover } from './reason-popover.tsx';
import { changeSavedSearch, saveSearch } from './save-search.tsx';
import type { Scope } from './scope-of-place.ts';
import { SearchNotices } from './search-notices.tsx';
import { SearchTimeline } from './search-timeline.tsx';
import { hold, tryAgain, useSearch } from './search-run.ts';
import type { Found, SearchState } from './settled-hits.ts';
import { keyOfWish, textOf, type SearchOrder, type SearchWish } from './search-wish.ts';
import './searched-list.css';

/** Of what is not about it, so few are shown, apart. */
const mostFurther = 6;

type ListedProps = ComponentProps<typeof ListedMemories>;

/** Not drawn anew with each letter that is typed: only with what was found. */
const Hits = memo(ListedMemories);

interface SearchedListProps extends Pick<ListedProps, 'place' | 'onEntry' | 'onOpen' | 'onGone' | 'onClose'> {
  readonly typed: string;
  readonly scope: Scope;
  readonly order: SearchOrder;
  readonly onOrder: (order: SearchOrder) => void;
}

/** The hits of a search. */
export function SearchedList({ typed, scope, order, onOrder, ...shared }: SearchedListProps) {
  const texts = useTexts();
  const { place } = shared;
  const wish: SearchWish = { scope: scope.text, typed, caret: null, order };
  const state = useSearch(wish);
  const { found } = state;
  const shown = useShown(found, texts);
  const reason = useAskedReason(found?.key);
  const { ask } = reason;
  const openReason = useCallback(
    (key: string, id: string | undefined) => {
      const anchor = document.querySelector('.memory-row[data-cursor]');
      if (key !== ' ' || id === undefined || !anchor) return false;
      ask({ id, anchor, takesFocus: true });
      return true;
    },
    [ask],
  );
  const { onGone, onEntry } = shared;
  const enterHits = useEntry(keyOfWish(wish), found, onEntry);
  const leaveIfGone = useCallback(
    (neighbour: string | undefined) => {
      const { open } = currentPlace();
      void isThere(open).then((stays) => stays || currentPlace().open !== open || onGone(neighbour));
    },
    [onGone],
  );
  const list = addressOf({ view: place.view, open: place.open });
  const listPlace = useMemo(() => placeAt(list), [list]);
  useHurry(found);
  const held = useHeld();
  // What is found by words alone says so, and must not be explained by its meaning.
  const isByMeaning = found?.result.meaning.state !== 'unavailable';
  const isAway = place.open !== undefined && found !== undefined && shown.outline.indexOf(place.open) < 0;

  return (
    <>
      <SearchHeading place={place} state={state} text={textOf(wish)} order={order} onOrder={onOrder} />
      {shown.outline.length > 0 && isByMeaning && (
        <OnceHint id="search.why">{texts.search.list.hint}</OnceHint>
      )}
      <SearchTimeline view={place.view} typed={typed} text={textOf(wish)} found={found} />
      {state.failure !== undefined && (
        <div className="list-pane__notice">
          <Notice tone="danger" title={texts.search.list.failed}>
            <p>{state.failure}</p>
            <Actions actions={[{ label: texts.search.list.again, run: async () => tryAgain() }]} />
          </Notice>
        </div>
      )}
      <SearchNotices
        state={state}
        isAway={isAway}
        onWhy={(anchor) =>
          place.open !== undefined && reason.ask({ id: place.open, anchor, takesFocus: true, isFull: true })
        }
      />
      {found && !found.isProvisional && <NothingAbout found={found} isEmpty={shown.outline.length === 0} />}
      {found && (
        <HitsContext value={shown.inView}>
          <div
            className="searched-list"
            data-typed={found.wish.typed}
            data-provisional={found.isProvisional || undefined}
            {...held}
            onPointerMove={(event) => {
              held.onPointerMove(event);
              reason.onPointerMove(event);
            }}
          >
            <Hits
              {...shared}
              onEntry={enterHits}
              place={listPlace}
              name={`search ${found.key}`}
              label={texts.search.results}
              outline={shown.outline}
              parts={shown.parts}
              Row={HitRow}
              isTrash={/(?:^|\s)in:trash(?:\s|$)/.test(textOf(found.wish))}
              onKey={openReason}
              onGone={leaveIfGone}
            />
          </div>
        </HitsContext>
      )}
      {found && (
        <ReasonPopover
          asked={reason.asked}
          wish={found.wish}
          hit={reason.asked && shown.inView.hits.get(reason.asked.id)}
          onClose={reason.close}
          onEnter={reason.stay}
          onLeave={reason.leave}
        />
      )}
    </>
  );
}

/**
 * What was found by its meaning is out of sight for a moment when it was changed, and may be about something else
 * afterwards: whoever reads or writes it stays with it.
 */
async function isThere(id: string | undefined): Promise<boolean> {
  if (id === undefined) return false;
  try {
    const [memory] = await loci.memories.read({ ids: [id] });
    return memory?.deletedAt === null;
  } catch {
    return true;
  }
}

/** Those that are about it, and below a line the nearest of the others. */
function useShown(found: Found | undefined, texts: Texts) {
  return useMemo(() => {
    const hits = found?.hits ?? [];
    const isByTime = found?.wish.order !== 'relevance' || hits.every(({ score }) => score === 0);
    const about = hits.filter(({ isRelevant }) => isRelevant);
    const further = hits.filter(({ isRelevant }) => !isRelevant).slice(0, mostFurther);
    const ordered = isByTime ? hits : [...about, ...further];
    const times = ordered.map(({ memory }) => new Date(memory.occurredAt).getTime());
    const outline = ofIds(ordered.map(({ memory }) => memory.id));
    const inView = {
      wish: found?.wish ?? { scope: '', typed: '', caret: null, order: 'relevance' as const },
      hits: new Map(ordered.map((hit) => [hit.memory.id, hit])),
    };
    if (ordered.length === 0) return { outline: nothing, parts: undefined, inView };
    if (isByTime)
      return { outline: { ...outline, timeAt: (at: number) => times[at] }, parts: undefined, inView };
    const parts = [
      { name: texts.search.list.about, time: 0, first: 0, count: about.length },
      {
        name: about.length === 0 ? texts.search.list.nearest : texts.search.list.further,
        time: 1,
        first: about.length,
        count: further.length,
      },
    ].filter(({ count }) => count > 0);
    return { outline, parts, inView };
  }, [found, texts]);
}

/** While somebody points at the hits or goes through them, they stay as they are. */
function useHeld() {
  const isOver = useRef(false);
  const isWithin = useRef(false);
  useEffect(() => () => hold(false), []);
  const tell = () => hold(isOver.current || isWithin.current);
  return {
    onPointerMove: (event: PointerEvent) => {
      if (isAtRest(event)) return;
      isOver.current = true;
      tell();
    },
    onPointerLeave: () => {
      isOver.current = false;
      tell();
    },
    onFocus: () => {
      isWithin.current = true;
      tell();
    },
    onBlur: () => {
      isWithin.current = false;
      tell();
    },
  };
}

/** What one looks at is read for its meaning before all else. */
function useHurry(found: Found | undefined): void {
  useEffect(() => {
    if (!found || found.result.meaning.pending === 0 || found.isProvisional) return;
    const ids = found.hits
      .filter(({ meaning }) => meaning === null)
      .slice(0, 20)
      .map(({ memory }) => memory.id);
    if (ids.length > 0) void loci.embeddings.hurry({ ids }).catch(() => undefined);
  }, [found]);
}

function NothingAbout({ found, isEmpty }: { found: Found; isEmpty: boolean }) {
  const texts = useTexts();
  const { result } = found;
  if (!result.nothingRelevant && !isEmpty) return null;
  const Icon = isEmpty ? SearchX : Sparkles;
  return (
    <div className={isEmpty ? 'nothing-about nothing-about--alone' : 'nothing-about'} role="status">
      {isEmpty && <Icon size={28} strokeWidth={1.25} aria-hidden="true" />}
      <p className="nothing-about__title">
        {isEmpty && result.meaning.state === 'unused' && found.wish.typed.includes(':')
          ? texts.search.list.nothingPasses
          : texts.search.list.nothingAbout}
      </p>
      <p className="nothing-about__text">
        {isEmpty ? texts.search.list.tryOthers : texts.search.list.nearestBelow}
      </p>
    </div>
  );
}

interface SearchHeadingProps {
  readonly place: Place;
  readonly state: SearchState;
  readonly text: string;
  readonly order: SearchOrder;
  readonly onOrder: (order: SearchOrder) => void;
}

const ordersIn = (texts: Texts): Readonly<Record<SearchOrder, string>> => ({
  relevance: texts.search.list.bestFirst,
  newest: texts.search.list.newestFirst,
  oldest: texts.search.list.oldestFirst,
});

function SearchHeading({ place, state: { found }, text, order, onOrder }: SearchHeadingProps) {
  const texts = useTexts();
  const orders = ordersIn(texts);
  const overview = useOverview();
  const { view, q } = place;
  const saved = overview?.savedSearches.find(({ id }) => view.kind === 'saved' && id === view.id);
  const isChanged = saved !== undefined && q !== undefined && q.trim() !== saved.query;
  const chosenDensity = density.use();
  const timelineShown = timeline.use() === 'shown';
  return (
    <header className="search-heading">
      <div className="search-heading__words">
        <h1 className={saved ? 'list-pane__title' : 'only-read-out'} dir="auto">
          {saved?.name ?? texts.search.title}
        </h1>
        <p className="search-heading__count">
          <output>{found && countInWords(found, texts)}</output>
          {found && !found.isProvisional && (
            <span className="search-heading__time">{formatMs(found.result.ms.total)}</span>
          )}
        </p>
      </div>
      <Menu
        label={texts.search.list.order(orders[order])}
        className="search-heading__order"
        align="end"
        groups={[
          (['relevance', 'newest', 'oldest'] as const).map((value) => ({
            key: value,
            label: orders[value],
            icon: { relevance: Sparkles, newest: ArrowDownWideNarrow, oldest: ArrowDownNarrowWide }[value],
            chosen: order === value,
            run: () => onOrder(value),
          })),
          ...viewGroups(texts, chosenDensity),
          [timelineItem(timelineShown)],
          ...(saved ? savedSearchMenu(saved) : []),
        ]}
      >
        {orders[order]}
        <ChevronDown size={14} strokeWidth={1.75} aria-hidden="true" />
      </Menu>
      {saved && isChanged ? (
        <Menu
          label={texts.search.save.menu}
          className="icon-button"
          align="end"
          groups={[
            [
              {
                key: 'change',
                label: texts.search.save.change(saved.name),
                run: () => void changeSavedSearch(saved, text.trim()),
              },
              { key: 'new', label: texts.search.save.asNew, run: () => saveSearch(text) },
            ],
          ]}
        >
          <BookmarkPlus size={16} strokeWidth={1.75} aria-hidden="true" />
        </Menu>
      ) : (
        !saved && (
          <IconButton label={texts.search.save.title} icon={BookmarkPlus} onClick={() => saveSearch(text)} />
        )
      )}
    </header>
  );
}

function viewGroups(texts: Texts, chosen: Density): MenuGroups {
  return [
    [
      {
        key: 'comfortable',
        label: texts.search.list.comfortable,
        icon: Rows2,
        chosen: chosen === 'comfortable',
        run: () => density.choose('comfortable'),
      },
      {
        key: 'compact',
        label: texts.search.list.compact,
        icon: Rows4,
        chosen: chosen === 'compact',
        run: () => density.choose('compact'),
      },
    ],
  ];
}

/** "12 memories"; of very many only the first are looked at. */
function countInWords({ result, hits }: Found, texts: Texts): string {
  const { relevant, found } = result;
  if (result.nothingRelevant) return texts.search.list.nothingFound;
  const about = countAbout(hits);
  const count = Math.max(relevant, about);
  return found >= 200 && count >= 200 ? texts.search.list.first(200) : texts.amounts.memories(count);
}

const countAbout = (hits: readonly SearchHit[]): number => hits.filter(({ isRelevant }) => isRelevant).length;

const formatMs = (ms: number): string => `${formatCount(Math.max(1, Math.round(ms)))} ms`;
