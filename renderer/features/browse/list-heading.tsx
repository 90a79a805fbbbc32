import {
  ArrowDownNarrowWide,
  ArrowDownWideNarrow,
  Ellipsis,
  FilePlus2,
  Rows2,
  Rows4,
  X,
  type LucideIcon,
} from 'lucide-react';
import { loci } from '../../api/loci.ts';
import { useOverview } from '../../api/overview.ts';
import { useSession } from '../../api/sessions.ts';
import { useSaidKeys } from '../../commands/said-keys.ts';
import { Button } from '../../components/button.tsx';
import { showDialog } from '../../components/dialog-host.tsx';
import { IconButton } from '../../components/icon-button.tsx';
import { Menu } from '../../components/menu.tsx';
import type { MenuGroups } from '../../components/menu-items.tsx';
import { tell } from '../../components/toasts.tsx';
import { spanOf, type Period } from '../../navigation/period.ts';
import { hasTimes, type Place } from '../../navigation/place.ts';
import { useTexts } from '../../text/use-texts.ts';
import { type Texts } from '../../../shared/texts/index.ts';
import { openComposer } from '../capture/composing.ts';
import { SessionFacts } from '../sessions/session-facts.tsx';
import { sessionMenu } from '../sessions/session-menu.tsx';
import { tagMenu } from '../tags/tag-menu.tsx';
import { periodInWords } from '../timeline/period-words.ts';
import { timelineItem } from '../timeline/timeline-item.ts';
import { PurgeDialog } from '../trash/purge-dialog.tsx';
import './list-heading.css';
import { titleOf } from './list-of-place.ts';
import { density, order, timeline, type Density, type Order } from './list-settings.ts';

interface ListHeadingProps {
  readonly place: Place;
  readonly period: Period | undefined;
  /** Undefined until it is known. */
  readonly count: number | undefined;
  readonly onAllTimes: () => void;
}

/** What a list is called, how much is in it, and what can be done with it. */
export function ListHeading({ place, period, count, onAllTimes }: ListHeadingProps) {
  const texts = useTexts();
  const overview = useOverview();
  const session = useSession(place.view.kind === 'session' ? place.view.id : undefined);
  const saidKeys = useSaidKeys();
  const title = titleOf(place, overview, texts) ?? session?.title ?? '';
  const [chosenOrder, chosenDensity] = [order.use(), density.use()];
  const timelineShown = timeline.use() === 'shown';
  return (
    <header className="list-pane__heading">
      <div className="list-pane__words">
        <h1 className="list-pane__title" dir="auto">
          {title}
        </h1>
        {period ? (
          <PeriodChip period={period} count={count} onRemove={onAllTimes} />
        ) : (
          <p className="list-pane__count">
            {session ? (
              <SessionFacts session={session} />
            ) : (
              count !== undefined && texts.amounts.memories(count)
            )}
          </p>
        )}
      </div>
      {place.view.kind === 'trash' && count !== undefined && count > 0 && (
        <Button tone="quiet" onClick={() => askToEmpty(count)}>
          {texts.browse.emptyTrash}
        </Button>
      )}
      <Menu
        label={texts.browse.viewAndActions}
        className="icon-button"
        align="end"
        groups={[
          ...ownMenu(place, overview, session),
          ...viewGroups(texts, chosenOrder, chosenDensity),
          hasTimes(place.view) ? [timelineItem(timelineShown)] : [],
        ]}
      >
        <Ellipsis size={16} strokeWidth={1.75} aria-hidden="true" />
      </Menu>
      <IconButton
        label={texts.browse.newMemory}
        shortcut={saidKeys('memory.new')}
        icon={FilePlus2}
        data-tour="new-memory"
        onClick={openComposer}
      />
    </header>
  );
}

function PeriodChip({
  period,
  count,
  onRemove,
}: {
  period: Period;
  count: number | undefined;
  onRemove: () => void;
}) {
  const texts = useTexts();
  return (
    <p className="period-chip">
      <output className="period-chip__words">
        {periodInWords(spanOf(period))}
        {count !== undefined && ` · ${texts.amounts.memories(count)}`}
      </output>
      <button
        type="button"
        className="period-chip__remove"
        aria-label={texts.browse.showAllTimes}
        onClick={onRemove}
      >
        <X size={12} strokeWidth={2} aria-hidden="true" />
      </button>
    </p>
  );
}

function askToEmpty(count: number): void {
  showDialog((close) => (
    <PurgeDialog
      count={count}
      purge={async () => {
        const { purged } = await loci.memories.emptyTrash();
        tell({ words: (texts) => texts.browse.done.emptied(purged) });
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

function viewGroups(texts: Texts, chosenOrder: Order, chosenDensity: Density): MenuGroups {
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
      orderItem('newest', texts.browse.view.newest, ArrowDownWideNarrow),
      orderItem('oldest', texts.browse.view.oldest, ArrowDownNarrowWide),
    ],
    [
      densityItem('comfortable', texts.browse.view.comfortable, Rows2),
      densityItem('compact', texts.browse.view.compact, Rows4),
    ],
  ];
}
