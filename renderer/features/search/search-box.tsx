import { Autocomplete } from '@base-ui/react/autocomplete';
import { Bookmark, Clock, CornerDownLeft, History, Search, X } from 'lucide-react';
import { useLayoutEffect, useRef, type ComponentProps, type RefObject } from 'react';
import type { QueryProblem } from '../../../shared/query/query-problem.ts';
import { useSaidKeys } from '../../commands/said-keys.ts';
import { IconButton } from '../../components/icon-button.tsx';
import { useTexts } from '../../text/use-texts.ts';
import { TagDot } from '../tags/tag-dot.tsx';
import '../memory/choice-list.css';
import './search-field.css';
import type { Suggestion } from './suggestions.ts';

type InputProps = ComponentProps<typeof Autocomplete.Input>;

interface SearchBoxProps extends Pick<InputProps, 'placeholder' | 'onClick' | 'onKeyDown'> {
  readonly label: string;
  readonly clearLabel: string;
  readonly input: RefObject<HTMLInputElement | null>;
  readonly text: string;
  readonly problems: readonly QueryProblem[];
  /** They are shown if there are any. */
  readonly suggestions: readonly Suggestion[];
  /** Whether the keyboard is at one of them. */
  readonly onAtSuggestion: (isAtOne: boolean) => void;
  /** Whether there should be any. */
  readonly onWanted: (isWanted: boolean) => void;
  readonly onType: (text: string, caret: number) => void;
  readonly onCaret: (caret: number) => void;
  readonly onTake: (suggestion: Suggestion) => void;
  readonly onClear: () => void;
  readonly onFocus: () => void;
  readonly onBlur: () => void;
}

/** A field for a query: what of it is not understood is underlined, and what may be meant is offered below. */
export function SearchBox(props: SearchBoxProps) {
  const { label, clearLabel, placeholder, input, text, problems, suggestions } = props;
  const { onAtSuggestion, onWanted, onType, onCaret, onTake, onClear } = props;
  const saidKeys = useSaidKeys();
  const field = useRef<HTMLDivElement>(null);
  return (
    <Autocomplete.Root
      items={suggestions}
      mode="none"
      filter={null}
      value={text}
      open={suggestions.length > 0}
      itemToStringValue={(suggestion: Suggestion) => suggestion.text}
      onItemHighlighted={(suggestion) => onAtSuggestion(suggestion !== undefined)}
      onOpenChange={(opens, { reason }) => {
        if (reason !== 'item-press') onWanted(opens);
      }}
      onValueChange={(next, { reason }) => {
        if (reason !== 'input-change') return;
        onWanted(true);
        onType(next, input.current?.selectionStart ?? next.length);
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
            aria-label={label}
            aria-describedby={problems.length > 0 ? 'search-problems' : undefined}
            placeholder={placeholder}
            dir="auto"
            spellCheck={false}
            autoComplete="off"
            maxLength={10_000}
            onClick={props.onClick}
            onKeyDown={props.onKeyDown}
            onSelect={(event) => onCaret(event.currentTarget.selectionStart ?? text.length)}
            onFocus={props.onFocus}
            onBlur={props.onBlur}
          />
        </div>
        {text === '' ? (
          <kbd className="search-field__key" aria-hidden="true">
            {saidKeys('search.go')}
          </kbd>
        ) : (
          <IconButton label={clearLabel} shortcut="Esc" icon={X} onClick={onClear} />
        )}
      </div>
      <Suggestions field={field} onTake={onTake} />
    </Autocomplete.Root>
  );
}

interface UnderlinesProps {
  readonly text: string;
  readonly problems: readonly QueryProblem[];
  readonly input: RefObject<HTMLInputElement | null>;
}

/** Below the letters of the field, a line under what is not understood. */
function Underlines({ text, problems, input }: UnderlinesProps) {
  const mirror = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = input.current;
    if (!element || problems.length === 0) return undefined;
    const follow = () => {
      if (mirror.current) mirror.current.scrollLeft = element.scrollLeft;
    };
    follow();
    element.addEventListener('scroll', follow);
    return () => element.removeEventListener('scroll', follow);
  });
  if (problems.length === 0) return null;
  const pieces: { text: string; from: number; isProblem: boolean }[] = [];
  let at = 0;
  for (const { from, to } of problems) {
    if (from < at) continue;
    pieces.push({ text: text.slice(at, from), from: at, isProblem: false });
    pieces.push({ text: text.slice(from, to), from, isProblem: true });
    at = to;
  }
  pieces.push({ text: text.slice(at), from: at, isProblem: false });
  return (
    <div className="search-field__mirror" dir="auto" aria-hidden="true" ref={mirror}>
      {pieces.map((piece) => (
        <span key={`${piece.from} ${piece.isProblem}`} data-problem={piece.isProblem || undefined}>
          {piece.text}
        </span>
      ))}
    </div>
  );
}

interface SuggestionsProps {
  readonly field: RefObject<HTMLDivElement | null>;
  readonly onTake: (suggestion: Suggestion) => void;
}

function Suggestions({ field, onTake }: SuggestionsProps) {
  const texts = useTexts();
  return (
    <Autocomplete.Portal>
      <Autocomplete.Positioner
        className="choice-list__place"
        anchor={field}
        sideOffset={4}
        align="start"
        collisionPadding={8}
      >
        <Autocomplete.Popup className="choice-list search-suggestions">
          <Autocomplete.List aria-label={texts.search.field.suggestions}>
            {(suggestion: Suggestion) => (
              <Autocomplete.Item
                key={suggestion.key}
                value={suggestion}
                className="choice-list__item"
                onClick={() => onTake(suggestion)}
              >
                <Sign suggestion={suggestion} />
                <span className="choice-list__words" dir="auto">
                  {suggestion.label}
                </span>
                {suggestion.aside !== undefined && (
                  <span className="choice-list__aside search-suggestions__aside">{suggestion.aside}</span>
                )}
              </Autocomplete.Item>
            )}
          </Autocomplete.List>
        </Autocomplete.Popup>
      </Autocomplete.Positioner>
    </Autocomplete.Portal>
  );
}

const signs = { recent: History, saved: Bookmark, session: Clock, value: CornerDownLeft, operator: Search };

function Sign({ suggestion: { kind, colour } }: { suggestion: Suggestion }) {
  if (kind === 'tag') return <TagDot colour={colour ?? null} />;
  const Icon = signs[kind];
  return <Icon size={14} strokeWidth={1.75} aria-hidden="true" />;
}
