import type { ReactNode } from 'react';
import { formatDay, memoriesInWords } from '../../text/quantities.ts';
import { writeSearch } from './entry.ts';
import { showWaiting } from './search-run.ts';
import type { SearchState } from './settled-hits.ts';

/** What there is to know about how a search was done, a line each. */
export function SearchNotices({ state, isAway, onWhy }: NoticesProps) {
  const { found, waiting } = state;
  if (!found) return null;
  const { result, wish } = found;
  const { meaning, correctedTo, asOf } = result;
  const lines: [string, ReactNode][] = [];
  // What was found by its meaning shows that the words were no slip.
  const isMeant = found.hits.some(({ isRelevant, matchedWords }) => isRelevant && matchedWords.length === 0);
  if (correctedTo.length > 0 && !isMeant) {
    const corrected = correctedTo.reduce((text, { from, to }) => text.replace(from, to), wish.typed);
    lines.push([
      'corrected',
      <>
        Nothing has “{correctedTo.map(({ from }) => from).join('” or “')}”. Did you mean{' '}
        <button type="button" className="text-button" onClick={() => writeSearch(corrected)}>
          {correctedTo.map(({ to }) => to).join(', ')}
        </button>
        ?
      </>,
    ]);
  }
  if (asOf !== undefined) lines.push(['as of', <>The library as it was before {formatDay(asOf)}.</>]);
  if (meaning.state === 'loading') {
    lines.push(['loading', <>Search by meaning is getting ready. So far it goes by words.</>]);
  } else if (meaning.state === 'unavailable') {
    lines.push(['words', <>Found by words alone. {meaning.problem}</>]);
  }
  // How many it is may be known before the model is there to read them.
  if (meaning.state !== 'unused' && meaning.pending > 0) {
    lines.push(['pending', <>{inFull(memoriesInWords(meaning.pending))} can’t be found by meaning yet.</>]);
  }
  if (waiting) {
    lines.push([
      'waiting',
      <>
        There is a newer list.{' '}
        <button type="button" className="text-button" onClick={showWaiting}>
          Show it
        </button>
      </>,
    ]);
  }
  if (isAway) {
    lines.push([
      'away',
      <>
        The open memory is not in this list.{' '}
        <button type="button" className="text-button" onClick={(event) => onWhy(event.currentTarget)}>
          Why?
        </button>
      </>,
    ]);
  }
  if (lines.length === 0) return null;
  return (
    <div className="search-notices" role="status">
      {lines.map(([key, words]) => (
        <p key={key}>{words}</p>
      ))}
    </div>
  );
}

interface NoticesProps {
  readonly state: SearchState;
  /** What is open is not among the hits. */
  readonly isAway: boolean;
  readonly onWhy: (anchor: Element) => void;
}

const inFull = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
