import { useCallback, useMemo, useRef, useState, type ReactNode } from 'react';
import { useOverview } from '../../api/overview.ts';
import { useSession } from '../../api/sessions.ts';
import { Actions } from '../../components/actions.tsx';
import { Notice } from '../../components/notice.tsx';
import { currentPlace, go, goBackTo } from '../../navigation/history.ts';
import { isSamePeriod, spanOf, type Period } from '../../navigation/period.ts';
import { hasTimes, keyOf, type Place } from '../../navigation/place.ts';
import { useTexts } from '../../text/use-texts.ts';
import { scopeOf } from '../search/scope-of-place.ts';
import { SearchField } from '../search/search-field.tsx';
import type { SearchOrder } from '../search/search-wish.ts';
import { SearchedList } from '../search/searched-list.tsx';
import { SpecializationForQuery } from '../specializations/specialization-for-query.tsx';
import { timesOf } from '../timeline/bins.ts';
import { hasTimeline } from '../timeline/has-timeline.ts';
import { Timeline } from '../timeline/timeline.tsx';
import { EmptyList } from './empty-list.tsx';
import { ListHeading } from './list-heading.tsx';
import { requestOf, searchedIn, titleOf } from './list-of-place.ts';
import { ListedMemories, type EnterList } from './listed-memories.tsx';
import './list-pane.css';
import { order, timeline } from './list-settings.ts';
import { readAgain, useMemoryList, type ListRequest } from './memory-lists.ts';
import { nothing, reversed, within, type Outline } from './outline.ts';

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
  const texts = useTexts();
  const overview = useOverview();
  const { view } = place;
  const session = useSession(view.kind === 'session' ? view.id : undefined);
  const typed = searchedIn(place, overview);
  const scope = useMemo(
    () => scopeOf(place, typed ?? '', overview, session?.title, texts),
    [place, typed, overview, session?.title, texts],
  );
  const [searchOrder, setSearchOrder] = useState<SearchOrder>('relevance');
  const entry = useRef<EnterList>(() => undefined);
  const isKnown = overview !== undefined && (view.kind !== 'session' || session !== undefined);
  const request = typed === undefined ? requestOf(place, overview) : undefined;
  const isAmiss = typed === undefined && request === undefined && overview !== undefined;
  const onEntry = useCallback((enter: EnterList) => {
    entry.current = enter;
  }, []);
  const shared = { place, onEntry, onOpen, onGone, onClose };
  return (
    <section className="list-pane" aria-label={texts.browse.memories}>
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
      {typed !== undefined && isKnown && <SpecializationForQuery typed={typed} />}
      {isAmiss && (
        <div className="list-pane__notice">
          <Notice tone="quiet" title={texts.browse.noSuchList} />
        </div>
      )}
    </section>
  );
}

interface ListedProps extends Omit<ListPaneProps, 'top'> {
  readonly request: ListRequest;
  readonly onEntry: (enter: EnterList) => void;
}

/** Its name while a time is being dragged: nobody comes back to what it was in between. */
const whileDragged = 'dragged';

function Listed({ request, onEntry, onOpen, onGone, onClose, place }: ListedProps) {
  const texts = useTexts();
  const { outline: found, failure } = useMemoryList(request);
  const [dragged, setDragged] = useState<{ readonly at: Place; readonly period: Period }>();
  const enter = useRef<EnterList>(() => undefined);
  // What was let go stays until the address says it too.
  const period = dragged?.at === place ? dragged.period : place.period;
  const isDragged = !isSamePeriod(period, place.period);
  const outline = useNarrowed(found, period, order.use() === 'oldest');
  const times = useMemo(() => found && timesOf(found), [found]);
  const overview = useOverview();
  const isDrawn = timeline.use() === 'shown' && times !== undefined && hasTimes(place.view);
  const takeEntry = useCallback(
    (way: EnterList) => {
      enter.current = way;
      onEntry(way);
    },
    [onEntry],
  );
  return (
    <>
      <ListHeading place={place} period={period} count={found && outline.length} onAllTimes={showAllTimes} />
      {isDrawn && (period !== undefined || hasTimeline(times)) && (
        <Timeline
          times={times}
          span={place.period && spanOf(place.period)}
          onPreview={(next) => setDragged({ at: place, period: next })}
          onChoose={(next, goesOn) => go({ ...currentPlace(), period: next }, { replace: goesOn })}
          onClear={showAllTimes}
          onLeave={() => enter.current(false)}
        />
      )}
      {failure !== undefined && (
        <div className="list-pane__notice">
          <Notice tone="danger" title={texts.browse.unreadable}>
            <p>{failure}</p>
            <Actions actions={[{ label: texts.actions.tryAgain, run: async () => readAgain(request) }]} />
          </Notice>
        </div>
      )}
      {found && outline.length === 0 && (
        <EmptyList place={place} isNarrowed={found.length > 0} onAllTimes={showAllTimes} />
      )}
      <ListedMemories
        place={place}
        onEntry={takeEntry}
        onOpen={onOpen}
        // What is open stays so beside the memories of a time it is not of.
        onGone={isDragged ? stay : onGone}
        onClose={onClose}
        onStepBack={showAllTimes}
        name={isDragged ? whileDragged : keyOf(place)}
        label={titleOf(place, overview, texts) ?? texts.browse.memories}
        outline={outline}
        isTrash={place.view.kind === 'trash'}
      />
    </>
  );
}

const stay = (): void => undefined;

/** False where they are shown already. */
function showAllTimes(): boolean {
  const { period, ...all } = currentPlace();
  if (!period) return false;
  goBackTo(all);
  return true;
}

/** The list as it is shown: of its time, in its order. */
function useNarrowed(found: Outline | undefined, period: Period | undefined, isReversed: boolean): Outline {
  const { after, before } = period ?? {};
  return useMemo(() => {
    if (!found) return nothing;
    const span = after === undefined || before === undefined ? undefined : spanOf({ after, before });
    const narrowed = span ? within(found, span) : found;
    return isReversed ? reversed(narrowed) : narrowed;
  }, [found, after, before, isReversed]);
}
