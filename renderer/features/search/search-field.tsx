import { X } from 'lucide-react';
import { useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useOverview } from '../../api/overview.ts';
import { currentPlace, go } from '../../navigation/history.ts';
import type { Place } from '../../navigation/place.ts';
import { useTexts } from '../../text/use-texts.ts';
import { leaveSearch, writeSearch } from './entry.ts';
import { chipsOf, problemsOf, withoutFilter } from './query-filters.ts';
import { recentSearches, rememberSearch } from './recent-searches.ts';
import type { Scope } from './scope-of-place.ts';
import { SearchBox } from './search-box.tsx';
import { fieldIsThere, focusNextField } from './search-focus.ts';
import { SearchProblems } from './search-problems.tsx';
import { search } from './search-run.ts';
import type { SearchOrder } from './search-wish.ts';
import { suggestionsFor, type Suggestion } from './suggestions.ts';

interface SearchFieldProps {
  readonly place: Place;
  /** As the address has it. */
  readonly typed: string;
  readonly scope: Scope;
  readonly order: SearchOrder;
  readonly onEnterList: (opens: boolean) => void;
}

/** What one looks for, with what is understood of it below. */
export function SearchField({ place, typed, scope, order, onEnterList }: SearchFieldProps) {
  const texts = useTexts();
  const overview = useOverview();
  const input = useRef<HTMLInputElement>(null);
  const [isFocused, setFocused] = useState(false);
  const [isWanted, setWanted] = useState(false);
  const { text, caret, write, moveCaret } = useText(typed, input, () => setWanted(false));
  const isAtSuggestion = useRef(false);
  const isLeaving = useRef(false);

  const typing = isFocused ? caret : null;
  const chips = useMemo(() => chipsOf(text, typing, texts), [text, typing, texts]);
  const tags = useMemo(() => overview?.tags.map(({ name }) => name), [overview?.tags]);
  const problems = useMemo(() => problemsOf(text, typing, { tags }, texts), [text, typing, tags, texts]);
  const suggestions = useMemo(
    () =>
      isFocused && isWanted ? suggestionsFor(text, caret, { overview, recent: recentSearches() }, texts) : [],
    [isFocused, isWanted, text, caret, overview, texts],
  );
  const isOpen = suggestions.length > 0;

  useEffect(() => fieldIsThere(input.current), []);
  useEffect(() => {
    if (isLeaving.current && place.q === undefined) leaveField(input.current);
    isLeaving.current = false;
  }, [place.q]);

  function type(next: string, at: number): void {
    write(next, at);
    // Before anything is painted: the answer is what takes time.
    if (next.trim() !== '') search({ scope: scope.text, typed: next, caret: at, order });
    writeSearch(next);
  }

  /** By something other than the keyboard. */
  function put(next: string, at = next.length): void {
    type(next, at);
    moveCaret(at);
    input.current?.focus();
  }

  function take(suggestion: Suggestion): void {
    if (suggestion.savedId !== undefined) {
      setWanted(false);
      focusNextField();
      go({ view: { kind: 'saved', id: suggestion.savedId } });
      return;
    }
    put(suggestion.text, suggestion.caret);
    setWanted(suggestion.kind === 'operator');
  }

  function leaveScope(): void {
    const { q, period } = currentPlace();
    focusNextField();
    go({ view: { kind: 'memories' }, q, period });
  }

  function leavePeriod(): void {
    const { period: _, ...now } = currentPlace();
    go(now, { replace: true });
    input.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement> & { preventBaseUIHandler: () => void }): void {
    if (event.nativeEvent.isComposing) return;
    // What is typed here is no key of the list; commands with Ctrl or ⌘ are heard all the same.
    if (!event.ctrlKey && !event.metaKey && !event.altKey && !/^F\d/.test(event.key)) event.stopPropagation();
    if (event.key === 'Escape' && !isOpen) {
      event.preventBaseUIHandler();
      event.preventDefault();
      if (text !== '' || place.q === '') clear();
      else if (place.q === undefined) leaveField(input.current);
      // It was cleared a moment ago: the way back is gone once, not with each further press.
      else isLeaving.current = true;
    } else if (event.key === 'ArrowDown' && !isOpen) {
      event.preventBaseUIHandler();
      event.preventDefault();
      if (text === '') setWanted(true);
      else onEnterList(false);
    } else if (event.key === 'Enter' && !(isOpen && isAtSuggestion.current)) {
      event.preventBaseUIHandler();
      event.preventDefault();
      setWanted(false);
      rememberSearch(text);
      onEnterList(true);
    }
  }

  function clear(): void {
    write('', 0);
    leaveSearch();
  }

  return (
    <div className="search" role="search">
      <SearchBox
        label={texts.search.field.label}
        clearLabel={texts.search.field.clear}
        placeholder={
          scope.words === '' ? texts.search.field.placeholder : texts.search.field.placeholderIn(scope.words)
        }
        input={input}
        text={text}
        problems={problems}
        suggestions={suggestions}
        onAtSuggestion={(isAtOne) => {
          isAtSuggestion.current = isAtOne;
        }}
        onWanted={setWanted}
        onType={type}
        onCaret={(at) => moveCaret(at, false)}
        onTake={take}
        onClear={() => {
          clear();
          input.current?.focus();
        }}
        onClick={() => text === '' && setWanted(true)}
        onKeyDown={onKeyDown}
        onFocus={() => {
          setFocused(true);
          setWanted(text === '');
        }}
        onBlur={() => {
          setFocused(false);
          setWanted(false);
          rememberSearch(text);
        }}
      />
      {text.trim() !== '' && (scope.words !== '' || scope.time !== undefined || chips.length > 0) && (
        <ul className="search-chips" aria-label={texts.search.field.filters}>
          {scope.words !== '' && <Chip words={scope.words} isScope onRemove={leaveScope} />}
          {scope.time !== undefined && <Chip words={scope.time} isScope onRemove={leavePeriod} />}
          {chips.map((chip) => (
            <Chip key={chip.from} words={chip.words} onRemove={() => put(withoutFilter(text, chip))} />
          ))}
        </ul>
      )}
      <SearchProblems text={text} problems={problems} onMend={put} />
    </div>
  );
}

function leaveField(input: HTMLInputElement | null): void {
  const list = document.querySelector<HTMLElement>('.list-pane .memory-list');
  if (list) list.focus({ preventScroll: true });
  else input?.blur();
}

/**
 * What stands in the field: as it is typed, and as the address says when one comes from elsewhere. Whoever does looks at
 * what is there: nothing may lie above it (`onArrival`).
 */
export function useText(
  typed: string,
  input: React.RefObject<HTMLInputElement | null>,
  onArrival: () => void,
) {
  const [own, setOwn] = useState({ text: typed, caret: typed.length, seen: typed });
  const wanted = useRef<number>(undefined);
  let now = own;
  if (own.seen !== typed) {
    // What it was typed into only comes back from the address.
    const isOwn = typed === own.text || (typed === '' && own.text.trim() === '');
    now = isOwn ? { ...own, seen: typed } : { text: typed, caret: typed.length, seen: typed };
    setOwn(now);
    if (!isOwn) onArrival();
  }
  useLayoutEffect(() => {
    if (wanted.current === undefined) return;
    input.current?.setSelectionRange(wanted.current, wanted.current);
    wanted.current = undefined;
  });
  return {
    text: now.text,
    caret: Math.min(now.caret, now.text.length),
    write: (text: string, caret: number) => setOwn((before) => ({ ...before, text, caret })),
    moveCaret(caret: number, isAsked = true) {
      if (isAsked) wanted.current = caret;
      setOwn((before) => (before.caret === caret ? before : { ...before, caret }));
    },
  };
}

interface ChipProps {
  readonly words: string;
  readonly isScope?: boolean;
  readonly onRemove: () => void;
}

function Chip({ words, isScope = false, onRemove }: ChipProps) {
  const texts = useTexts();
  return (
    <li className="search-chip" data-scope={isScope || undefined}>
      <span className="search-chip__words" dir="auto">
        {words}
      </span>
      <button
        type="button"
        className="search-chip__remove"
        aria-label={isScope ? texts.search.field.everywhere(words) : texts.search.field.removeFilter(words)}
        onClick={onRemove}
      >
        <X size={12} strokeWidth={2} aria-hidden="true" />
      </button>
    </li>
  );
}
