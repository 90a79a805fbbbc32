import {
  CalendarClock,
  CalendarX,
  FilePlus2,
  Pin,
  Search,
  Sparkles,
  Tag,
  Trash2,
  type LucideIcon,
} from 'lucide-react';
import { Button } from '../../components/button.tsx';
import type { Place } from '../../navigation/place.ts';
import { openComposer } from '../capture/composing.ts';
import { FirstSteps } from '../first-steps/first-steps.tsx';
import './empty-list.css';

interface Words {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly text: string;
  readonly captures?: boolean;
}

const words: Readonly<Record<string, Words>> = {
  memories: {
    icon: Sparkles,
    title: 'Your library is ready',
    text: 'It lives on this computer and nowhere else. Write down the first thing you want to find again; you will find it by what it means, not only by its words.',
    captures: true,
  },
  pinned: {
    icon: Pin,
    title: 'Nothing is pinned',
    text: 'Choose a memory and press P: it stays at hand here.',
  },
  untagged: { icon: Tag, title: 'Every memory has a tag', text: 'What has none shows up here.' },
  trash: {
    icon: Trash2,
    title: 'The trash is empty',
    text: 'What you delete waits here for a while and can be restored.',
  },
  tag: {
    icon: Tag,
    title: 'Nothing has this tag',
    text: 'Drag memories onto the tag in the sidebar, or choose some and press T.',
  },
  session: {
    icon: CalendarClock,
    title: 'Nothing was captured in this session',
    text: 'While it is the current one, what you write goes here.',
    captures: true,
  },
  search: { icon: Search, title: 'Nothing was found', text: 'Try other words, or fewer of them.' },
};

interface EmptyListProps {
  readonly place: Place;
  /** There are some, of other times. */
  readonly isNarrowed?: boolean;
  readonly onAllTimes?: () => void;
}

/** Teaches one thing, and offers at most one. */
export function EmptyList({ place, isNarrowed = false, onAllTimes }: EmptyListProps) {
  if (isNarrowed) {
    return (
      <div className="empty-list">
        <CalendarX className="empty-list__sign" size={28} strokeWidth={1.25} aria-hidden="true" />
        <h2 className="empty-list__title">Nothing is from this time</h2>
        <p className="empty-list__text">Choose another on the timeline, or look at all times.</p>
        <Button onClick={onAllTimes}>Show all times</Button>
      </div>
    );
  }
  const isSearch = place.q !== undefined || place.view.kind === 'saved';
  const {
    icon: Icon,
    title,
    text,
    captures,
  } = (isSearch ? words['search'] : words[place.view.kind]) ?? {
    icon: Search,
    title: 'There is nothing here',
    text: '',
  };
  return (
    <div className="empty-list">
      <Icon className="empty-list__sign" size={28} strokeWidth={1.25} aria-hidden="true" />
      <h2 className="empty-list__title">{title}</h2>
      <p className="empty-list__text">{text}</p>
      {captures && (
        <Button tone="primary" icon={FilePlus2} onClick={openComposer}>
          New memory
        </Button>
      )}
      {place.view.kind === 'memories' && !isSearch && <FirstSteps />}
    </div>
  );
}
