import type { QueryProblem } from '../../../shared/query/query-problem.ts';
import { parts } from '../../text/parts.ts';
import { useTexts } from '../../text/use-texts.ts';

interface SearchProblemsProps {
  readonly text: string;
  readonly problems: readonly QueryProblem[];
  /** Puts another text in its place. */
  readonly onMend: (text: string, caret: number) => void;
}

const most = 3;

/** What of a search is not understood, and what may have been meant; the field refers to it by its id. */
export function SearchProblems({ text, problems, onMend }: SearchProblemsProps) {
  const texts = useTexts();
  if (problems.length === 0) return null;
  return (
    <div className="search-problems" id="search-problems" role="status">
      {problems.slice(0, most).map(({ from, to, message, suggestion }) => (
        <p className="search-problems__problem" key={`${from} ${message}`}>
          {message}
          {suggestion !== undefined && (
            <>
              {' '}
              {parts(
                texts.search.field.didYouMean(
                  <button
                    type="button"
                    className="text-button"
                    onClick={() =>
                      onMend(text.slice(0, from) + suggestion + text.slice(to), from + suggestion.length)
                    }
                  >
                    {suggestion}
                  </button>,
                ),
              )}
            </>
          )}
        </p>
      ))}
    </div>
  );
}
