import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { QueryProblem } from '../../../shared/query/query-problem.ts';
import { currentPlace, go } from '../../navigation/history.ts';
import { useTexts } from '../../text/use-texts.ts';
import { SearchBox } from '../search/search-box.tsx';
import { useText } from '../search/search-field.tsx';
import { fieldIsThere } from '../search/search-focus.ts';
import { SearchProblems } from '../search/search-problems.tsx';
import { specializationSuggestions, type KnownRow } from './specialization-suggestions.ts';

interface SearchFieldProps {
  /** As the address has it. */
  readonly typed: string;
  readonly problems: readonly QueryProblem[];
  /** What is offered while a filter is typed. */
  readonly rows: readonly KnownRow[];
  readonly onEnterList: () => void;
}

/** The search bar, where it looks through specializations. */
export function SpecializationSearchField({ typed, problems, rows, onEnterList }: SearchFieldProps) {
  const texts = useTexts();
  const input = useRef<HTMLInputElement>(null);
  const [isFocused, setFocused] = useState(false);
  const [isWanted, setWanted] = useState(false);
  const { text, caret, write, moveCaret } = useText(typed, input, () => setWanted(false));
  const isAtSuggestion = useRef(false);
  const suggestions = useMemo(
    () => (isFocused && isWanted ? specializationSuggestions(text, caret, rows, texts) : []),
    [isFocused, isWanted, text, caret, rows, texts],
  );
  const isOpen = suggestions.length > 0;
  useEffect(() => fieldIsThere(input.current), []);

  function type(next: string, at = next.length): void {
    write(next, at);
    const { q: before, ...place } = currentPlace();
    const q = next.trim() === '' ? undefined : next;
    // The first letter is a step one can come back from; the others go on with it.
    go({ ...place, q }, { replace: before !== undefined });
  }

  /** By something other than the keyboard. */
  function put(next: string, at = next.length): void {
    type(next, at);
    moveCaret(at);
    input.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement> & { preventBaseUIHandler: () => void }): void {
    if (event.nativeEvent.isComposing) return;
    // What is typed here is no key of the list; commands with Ctrl or ⌘ are heard all the same.
    if (!event.ctrlKey && !event.metaKey && !event.altKey && !/^F\d/.test(event.key)) event.stopPropagation();
    const isTaking = isOpen && isAtSuggestion.current;
    if (event.key === 'Escape' && !isOpen) {
      if (text === '') onEnterList();
      else type('');
    } else if (event.key === 'ArrowDown' && !isOpen) onEnterList();
    else if (event.key === 'Enter' && !isTaking) {
      setWanted(false);
      onEnterList();
    } else return;
    event.preventBaseUIHandler();
    event.preventDefault();
  }

  return (
    <div className="search" role="search">
      <SearchBox
        label={texts.specializations.search.name}
        clearLabel={texts.specializations.search.clear}
        placeholder={texts.specializations.search.placeholder}
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
        onTake={(suggestion) => {
          put(suggestion.text, suggestion.caret);
          setWanted(suggestion.kind === 'operator');
        }}
        onClear={() => put('')}
        onKeyDown={onKeyDown}
        onFocus={() => setFocused(true)}
        onBlur={() => {
          setFocused(false);
          setWanted(false);
        }}
      />
      <SearchProblems text={text} problems={problems} onMend={put} />
    </div>
  );
}
