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
import type { Texts } from '../../../shared/texts/index.ts';
import { Button } from '../../components/button.tsx';
import type { Place } from '../../navigation/place.ts';
import { useTexts } from '../../text/use-texts.ts';
import { openComposer } from '../capture/composing.ts';
import { FirstSteps } from '../first-steps/first-steps.tsx';
import './empty-list.css';

interface Words {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly text: string;
  readonly captures?: boolean;
}

const wordsOf = (texts: Texts): Readonly<Record<string, Words>> => ({
  memories: {
    icon: Sparkles,
    title: texts.browse.empty.memories,
    text: texts.browse.empty.memoriesText,
    captures: true,
  },
  pinned: { icon: Pin, title: texts.browse.empty.pinned, text: texts.browse.empty.pinnedText },
  untagged: { icon: Tag, title: texts.browse.empty.untagged, text: texts.browse.empty.untaggedText },
  trash: { icon: Trash2, title: texts.browse.empty.trash, text: texts.browse.empty.trashText },
  tag: { icon: Tag, title: texts.browse.empty.tag, text: texts.browse.empty.tagText },
  session: {
    icon: CalendarClock,
    title: texts.browse.empty.session,
    text: texts.browse.empty.sessionText,
    captures: true,
  },
  search: { icon: Search, title: texts.browse.empty.search, text: texts.browse.empty.searchText },
});

interface EmptyListProps {
  readonly place: Place;
  /** There are some, of other times. */
  readonly isNarrowed?: boolean;
  readonly onAllTimes?: () => void;
}

/** Teaches one thing, and offers at most one. */
export function EmptyList({ place, isNarrowed = false, onAllTimes }: EmptyListProps) {
  const texts = useTexts();
  if (isNarrowed) {
    return (
      <div className="empty-list">
        <CalendarX className="empty-list__sign" size={28} strokeWidth={1.25} aria-hidden="true" />
        <h2 className="empty-list__title">{texts.browse.empty.time}</h2>
        <p className="empty-list__text">{texts.browse.empty.timeText}</p>
        <Button onClick={onAllTimes}>{texts.browse.empty.allTimes}</Button>
      </div>
    );
  }
  const words = wordsOf(texts);
  const isSearch = place.q !== undefined || place.view.kind === 'saved';
  const {
    icon: Icon,
    title,
    text,
    captures,
  } = (isSearch ? words['search'] : words[place.view.kind]) ?? {
    icon: Search,
    title: texts.browse.empty.other,
    text: '',
  };
  return (
    <div className="empty-list">
      <Icon className="empty-list__sign" size={28} strokeWidth={1.25} aria-hidden="true" />
      <h2 className="empty-list__title">{title}</h2>
      <p className="empty-list__text">{text}</p>
      {captures && (
        <Button tone="primary" icon={FilePlus2} onClick={openComposer}>
          {texts.browse.newMemory}
        </Button>
      )}
      {place.view.kind === 'memories' && !isSearch && <FirstSteps />}
    </div>
  );
}
