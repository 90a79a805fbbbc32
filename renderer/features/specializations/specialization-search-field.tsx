import { Autocomplete } from '@base-ui/react/autocomplete';
import { Search, X } from 'lucide-react';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { QueryProblem } from '../../../shared/query/query-problem.ts';
import { useSaidKeys } from '../../commands/said-keys.ts';
import { IconButton } from '../../components/icon-button.tsx';
import { currentPlace, go } from '../../navigation/history.ts';
import { useTexts } from '../../text/use-texts.ts';
import { Suggestions, Underlines, useText } from '../search/search-field.tsx';
import { fieldIsThere } from '../search/search-focus.ts';
import { SearchProblems } from '../search/search-problems.tsx';
import type { Suggestion } from '../search/suggestions.ts';
import '../memory/choice-list.css';
import '../search/search-field.css';
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
  const saidKeys = useSaidKeys();
  const input = useRef<HTMLInputElement>(null);
  const field = useRef<HTMLDivElement>(null);
  const [isFocused, setFocused] = useState(false);
  const [isWanted, setWanted] = useState(false);
  const { text, caret, write, moveCaret } = useText(typed, input, () => setWanted(false));
  const isAtSuggestion = useRef(false);
  const suggestions = useMemo(
    () => (isWanted ? specializationSuggestions(text, caret, rows, texts) : []),
    [isWanted, text, caret, rows, texts],
  );
  const isOpen = isFocused && suggestions.length > 0;
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
      <Autocomplete.Root
        items={suggestions}
        mode="none"
        filter={null}
        value={text}
        open={isOpen}
        itemToStringValue={(suggestion: Suggestion) => suggestion.text}
        onItemHighlighted={(suggestion) => {
          isAtSuggestion.current = suggestion !== undefined;
        }}
        onOpenChange={(opens, { reason }) => {
          if (reason !== 'item-press') setWanted(opens);
        }}
        onValueChange={(next, { reason }) => {
          if (reason !== 'input-change') return;
          setWanted(true);
          type(next, input.current?.selectionStart ?? next.length);
        }}
      >
        <div className="search-field" ref={field} data-filled={text !== '' || undefined}>
          <Search className="search-field__sign" size={16} strokeWidth={1.75} aria-hidden="true" />
          <div className="search-field__box">
            <Underlines text={text} problems={problems} input={input} />
            <Autocomplete.Input
              ref={input}
              className="search-field__input"
              type="text"
              aria-label={texts.specializations.search.name}
              aria-describedby={problems.length > 0 ? 'search-problems' : undefined}
              placeholder={texts.specializations.search.placeholder}
              dir="auto"
              spellCheck={false}
              autoComplete="off"
              maxLength={10_000}
              onKeyDown={onKeyDown}
              onSelect={(event) => moveCaret(event.currentTarget.selectionStart ?? text.length, false)}
              onFocus={() => setFocused(true)}
              onBlur={() => {
                setFocused(false);
                setWanted(false);
              }}
            />
          </div>
          {text === '' ? (
            <kbd className="search-field__key" aria-hidden="true">
              {saidKeys('search.go')}
            </kbd>
          ) : (
            <IconButton
              label={texts.specializations.search.clear}
              shortcut="Esc"
              icon={X}
              onClick={() => put('')}
            />
          )}
        </div>
        <Suggestions
          field={field}
          onTake={(suggestion) => {
            put(suggestion.text, suggestion.caret);
            setWanted(suggestion.kind === 'operator');
          }}
        />
      </Autocomplete.Root>
      <SearchProblems text={text} problems={problems} onMend={put} />
    </div>
  );
}
