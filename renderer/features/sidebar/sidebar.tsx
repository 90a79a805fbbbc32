import {
  ArrowLeft,
  ArrowRight,
  Activity,
  CalendarClock,
  History,
  Layers,
  Layers2,
  Library,
  Pin,
  Plus,
  Search,
  Settings,
  Tag,
  Tags,
  Trash2,
  type LucideIcon,
} from 'lucide-react';
import { memo } from 'react';
import type { MeaningState } from '../../../shared/schemas/app-status.ts';
import type { Overview } from '../../../shared/schemas/overview.ts';
import { useLookAlikesCount } from '../../api/look-alikes.ts';
import { useOverview } from '../../api/overview.ts';
import { useSaidKeys } from '../../commands/said-keys.ts';
import { Hint, IconButton } from '../../components/icon-button.tsx';
import { Mark } from '../../components/mark.tsx';
import { amongLinks } from '../../navigation/among-links.ts';
import { goBack, goForward, useWays } from '../../navigation/history.ts';
import { addressOfView, keyOf, type Place, type PlainView, type View } from '../../navigation/place.ts';
import { useTexts } from '../../text/use-texts.ts';
import { worthAsking } from '../duplicates/comparing.tsx';
import { addTag, moveToSession, moveToTrash, setPinned } from '../browse/memory-deeds.ts';
import { SampleBanner } from '../first-steps/sample-banner.tsx';
import { JobsButton } from '../jobs/jobs-button.tsx';
import { PersonSwitcher } from '../people/person-switcher.tsx';
import { sessionMenu, startSession } from '../sessions/session-menu.tsx';
import { askForSpecialization } from '../specializations/specialization-picker.tsx';
import { TagDot } from '../tags/tag-dot.tsx';
import { tagMenu } from '../tags/tag-menu.tsx';
import { savedSearchMenu } from './saved-search-menu.tsx';
import { SidebarEntry } from './sidebar-entry.tsx';
import { SidebarGroup } from './sidebar-group.tsx';
import { SidebarNews } from './sidebar-news.tsx';
import './sidebar.css';

/** As many as are looked for at a glance; the others are on a page of their own. */
const mostTags = 8;

const moveAmongLists = amongLinks('a, .sidebar__title');

interface SidebarProps {
  /** The key of what is in view; undefined where something is searched for, which is no list of these. */
  readonly current: string | undefined;
  readonly meaning: MeaningState;
}

/** Where one can go, and how much is there. */
export const Sidebar = memo(function Sidebar({ current, meaning }: SidebarProps) {
  const texts = useTexts();
  const overview = useOverview();
  const entry = (view: View) => ({ address: addressOfView(view), isCurrent: keyOf({ view }) === current });
  return (
    <nav className="sidebar" aria-label="Loci">
      <div className="sidebar__head">
        <p className="sidebar__name">
          <Mark /> Loci
        </p>
        <WaysButtons />
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- The links in it are what is acted on; keys are a short cut. */}
      <div className="sidebar__lists" onKeyDown={moveAmongLists}>
        <ul className="sidebar__group">
          <SidebarEntry
            {...entry({ kind: 'memories' })}
            icon={Library}
            label={texts.browse.titles.memories}
            count={overview?.memories}
          />
          <SidebarEntry
            {...entry({ kind: 'pinned' })}
            icon={Pin}
            label={texts.browse.titles.pinned}
            count={overview?.pinned}
            onMemories={(ids) => void setPinned(ids, true)}
          />
          {overview !== undefined && overview.untagged > 0 && (
            <SidebarEntry
              {...entry({ kind: 'untagged' })}
              icon={Tag}
              label={texts.browse.titles.untagged}
              count={overview.untagged}
            />
          )}
        </ul>
        <ul className="sidebar__group">
          <SidebarEntry
            {...entry({ kind: 'specializations' })}
            icon={Layers}
            label={texts.sidebar.specializations}
            count={overview?.specializations}
            onMemories={askForSpecialization}
          />
        </ul>
        {overview && <Sessions overview={overview} entry={entry} />}
        {overview && <TagGroup overview={overview} entry={entry} />}
        {overview && <SavedSearches overview={overview} entry={entry} />}
        <ul className="sidebar__group">
          <LookAlikes entry={entry} />
          <SidebarEntry
            {...entry({ kind: 'trash' })}
            icon={Trash2}
            label={texts.browse.titles.trash}
            count={overview?.trash}
            onMemories={(ids) => void moveToTrash(ids)}
          />
        </ul>
      </div>
      <SampleBanner />
      <SidebarNews meaning={meaning} />
      <div className="sidebar__foot">
        <PersonSwitcher peopleAddress={addressOfView({ kind: 'people' })} />
        <JobsButton />
        <PageLink view="status" label={texts.sidebar.status} icon={Activity} current={current} />
        <PageLink view="activity" label={texts.sidebar.activity} icon={History} current={current} />
        <PageLink view="settings" label={texts.sidebar.settings} icon={Settings} current={current} />
      </div>
    </nav>
  );
});

/** A search within a list is no longer that list, whatever is typed; narrowed to a time it still is. */
export const sidebarKey = ({ view, q }: Place): string | undefined =>
  q === undefined ? keyOf({ view }) : undefined;

interface GroupProps {
  readonly overview: Overview;
  readonly entry: (view: View) => { readonly address: string; readonly isCurrent: boolean };
}

function Sessions({ overview, entry }: GroupProps) {
  const texts = useTexts();
  const { sessions, currentSessionId, sessionCount } = overview;
  // The one that is going on comes first, however long ago it began.
  const ordered = sessions.toSorted(
    (a, b) => Number(b.id === currentSessionId) - Number(a.id === currentSessionId),
  );
  return (
    <SidebarGroup
      name="sessions"
      title={texts.sidebar.sessions}
      action={<IconButton label={texts.sidebar.startSession} icon={Plus} onClick={startSession} />}
    >
      {ordered.map((session) => (
        <SidebarEntry
          key={session.id}
          {...entry({ kind: 'session', id: session.id })}
          sign={
            session.id === currentSessionId ? (
              <span className="sidebar__current" role="img" aria-label={texts.sidebar.currentSession} />
            ) : undefined
          }
          icon={CalendarClock}
          label={session.title}
          count={session.memories}
          menu={() => sessionMenu(session)}
          onMemories={(ids) => void moveToSession(ids, session)}
        />
      ))}
      {sessionCount > sessions.length && (
        <SidebarEntry
          {...entry({ kind: 'sessions' })}
          icon={CalendarClock}
          label={texts.sidebar.allSessions}
          count={sessionCount}
          isQuiet
        />
      )}
    </SidebarGroup>
  );
}

function TagGroup({ overview, entry }: GroupProps) {
  const texts = useTexts();
  const { tags } = overview;
  if (tags.length === 0) return null;
  const most = tags.toSorted((a, b) => b.memories - a.memories).slice(0, mostTags);
  return (
    <SidebarGroup name="tags" title={texts.sidebar.tags}>
      {most.map((each) => (
        <SidebarEntry
          key={each.id}
          {...entry({ kind: 'tag', id: each.id })}
          sign={<TagDot colour={each.colour} />}
          label={each.name}
          count={each.memories}
          menu={() => tagMenu(each)}
          onMemories={(ids) => void addTag(ids, each)}
        />
      ))}
      <SidebarEntry
        {...entry({ kind: 'tags' })}
        icon={Tags}
        label={texts.sidebar.allTags}
        count={tags.length}
        isQuiet
      />
    </SidebarGroup>
  );
}

function SavedSearches({ overview: { savedSearches }, entry }: GroupProps) {
  const texts = useTexts();
  if (savedSearches.length === 0) return null;
  return (
    <SidebarGroup name="saved" title={texts.sidebar.savedSearches}>
      {savedSearches.map((saved) => (
        <SidebarEntry
          key={saved.id}
          {...entry({ kind: 'saved', id: saved.id })}
          icon={Search}
          label={saved.name}
          menu={() => savedSearchMenu(saved)}
        />
      ))}
    </SidebarGroup>
  );
}

/** Only where there is something to look through, or to look for. */
function LookAlikes({ entry }: Pick<GroupProps, 'entry'>) {
  const texts = useTexts();
  const count = useLookAlikesCount();
  const way = entry({ kind: 'duplicates' });
  const isWorthIt = count !== undefined && (count.total > 0 || count.waiting > worthAsking);
  return isWorthIt || way.isCurrent ? (
    <SidebarEntry {...way} icon={Layers2} label={texts.sidebar.lookAlikes} count={count?.total} />
  ) : null;
}

export function WaysButtons() {
  const texts = useTexts();
  const { back, forward } = useWays();
  const saidKeys = useSaidKeys();
  return (
    <div className="ways">
      <IconButton
        label={texts.sidebar.back}
        shortcut={saidKeys('go.back')}
        icon={ArrowLeft}
        aria-disabled={!back}
        onClick={goBack}
      />
      <IconButton
        label={texts.sidebar.forward}
        shortcut={saidKeys('go.forward')}
        icon={ArrowRight}
        aria-disabled={!forward}
        onClick={goForward}
      />
    </div>
  );
}

interface PageLinkProps {
  readonly view: PlainView;
  readonly label: string;
  readonly icon: LucideIcon;
  readonly current: string | undefined;
}

function PageLink({ view, label, icon: Icon, current }: PageLinkProps) {
  return (
    <Hint words={label}>
      <a
        className="icon-button"
        href={addressOfView({ kind: view })}
        aria-label={label}
        aria-current={current === view ? 'page' : undefined}
        draggable={false}
      >
        <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
      </a>
    </Hint>
  );
}
