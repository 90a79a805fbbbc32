import type { ReactNode } from 'react';
import { formatDay } from '../../text/quantities.ts';
import { parts } from '../../text/parts.ts';
import { useTexts } from '../../text/use-texts.ts';
import { writeSearch } from './entry.ts';
import { showWaiting } from './search-run.ts';
import type { SearchState } from './settled-hits.ts';

/** What there is to know about how a search was done, a line each. */
export function SearchNotices({ state, isAway, onWhy }: NoticesProps) {
  const texts = useTexts();
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
      parts(
        texts.search.notices.corrected(
          correctedTo.map(({ from }) => from),
          <button type="button" className="text-button" onClick={() => writeSearch(corrected)}>
            {correctedTo.map(({ to }) => to).join(', ')}
          </button>,
        ),
      ),
    ]);
  }
  if (asOf !== undefined) lines.push(['as of', texts.search.notices.asOf(formatDay(asOf))]);
  if (meaning.state === 'loading') {
    lines.push(['loading', texts.search.notices.loading]);
  } else if (meaning.state === 'unavailable') {
    lines.push(['words', texts.search.notices.wordsAlone(meaning.problem ?? '')]);
  }
  // How many it is may be known before the model is there to read them; without one it is all of them.
  if (meaning.state !== 'unused' && meaning.state !== 'unavailable' && meaning.pending > 0) {
    lines.push(['pending', texts.search.notices.pending(meaning.pending)]);
  }
  if (waiting) {
    lines.push([
      'waiting',
      parts(
        texts.search.notices.newer(
          <button type="button" className="text-button" onClick={showWaiting}>
            {texts.search.notices.show}
          </button>,
        ),
      ),
    ]);
  }
  if (isAway) {
    lines.push([
      'away',
      parts(
        texts.search.notices.away(
          <button type="button" className="text-button" onClick={(event) => onWhy(event.currentTarget)}>
            {texts.search.notices.why}
          </button>,
        ),
      ),
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
