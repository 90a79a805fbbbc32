import { Search, X } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { IconButton } from '../../components/icon-button.tsx';
import { currentPlace, go } from '../../navigation/history.ts';
import { useSaidKeys } from '../../commands/said-keys.ts';
import { fieldIsThere } from '../search/search-focus.ts';
import '../search/search-field.css';
import type { SpecializationSearch } from './specialization-search.ts';

interface SearchFieldProps {
  /** As the address has it. */
  readonly typed: string;
  readonly problems: NonNullable<SpecializationSearch['found']>['problems'];
  readonly onEnterList: () => void;
}

/** The search bar, where it looks through specializations. */
export function SpecializationSearchField({ typed, problems, onEnterList }: SearchFieldProps) {
  const saidKeys = useSaidKeys();
  const input = useRef<HTMLInputElement>(null);
  const [own, setOwn] = useState({ text: typed, seen: typed });
  let now = own;
  if (own.seen !== typed) {
    now = typed === own.text.trim() ? { ...own, seen: typed } : { text: typed, seen: typed };
    setOwn(now);
  }
  useEffect(() => fieldIsThere(input.current), []);

  function type(text: string): void {
    setOwn({ ...now, text });
    const { q: before, ...place } = currentPlace();
    const q = text.trim() === '' ? undefined : text.trim();
    // The first letter is a step one can come back from; the others go on with it.
    go({ ...place, q }, { replace: before !== undefined });
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    event.stopPropagation();
    if (event.key === 'Escape') {
      event.preventDefault();
      if (now.text === '') onEnterList();
      else type('');
    } else if (event.key === 'ArrowDown' || event.key === 'Enter') {
      event.preventDefault();
      onEnterList();
    } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      input.current?.select();
    }
  }

  return (
    <div className="search" role="search">
      <div className="search-field" data-filled={now.text !== '' || undefined}>
        <Search className="search-field__sign" size={16} strokeWidth={1.75} aria-hidden="true" />
        <div className="search-field__box">
          <input
            ref={input}
            className="search-field__input"
            type="text"
            aria-label="Search"
            aria-describedby={problems.length > 0 ? 'search-problems' : undefined}
            placeholder="Search specializations"
            dir="auto"
            spellCheck={false}
            autoComplete="off"
            maxLength={10_000}
            value={now.text}
            onChange={(event) => type(event.target.value)}
            onKeyDown={onKeyDown}
          />
        </div>
        {now.text === '' ? (
          <kbd className="search-field__key" aria-hidden="true">
            {saidKeys('search.go')}
          </kbd>
        ) : (
          <IconButton
            label="Clear the search"
            shortcut="Esc"
            icon={X}
            onClick={() => {
              type('');
              input.current?.focus();
            }}
          />
        )}
      </div>
      {problems.length > 0 && (
        <div className="search-problems" id="search-problems" role="status">
          {problems.slice(0, 3).map(({ from, to, message, suggestion }) => (
            <p key={`${from} ${message}`}>
              {message}
              {suggestion !== undefined && (
                <>
                  {' '}
                  Did you mean{' '}
                  <button
                    type="button"
                    className="text-button"
                    onClick={() => type(now.text.slice(0, from) + suggestion + now.text.slice(to))}
                  >
                    {suggestion}
                  </button>
                  ?
                </>
              )}
            </p>
          ))}
        </div>
      )}
    </div>
  );
}
