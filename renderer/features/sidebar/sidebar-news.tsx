import { CircleAlert, LoaderCircle } from 'lucide-react';
import type { MeaningState } from '../../../shared/schemas/app-status.ts';
import { useEmbeddingProgress } from '../../api/embedding-progress.ts';
import { addressOfView } from '../../navigation/place.ts';
import { memoriesInWords } from '../../text/quantities.ts';

/** What is under way or amiss, in a line; nothing when all is well. */
export function SidebarNews({ meaning }: { meaning: MeaningState }) {
  const progress = useEmbeddingProgress();
  const words = wordsFor(meaning, progress?.pending ?? 0);
  const isAmiss = meaning.state === 'unavailable';
  const Icon = isAmiss ? CircleAlert : LoaderCircle;
  return (
    <output className="sidebar__news">
      {words !== undefined && (
        <a
          className="sidebar__news-link"
          href={addressOfView({ kind: 'status' })}
          draggable={false}
          data-amiss={isAmiss || undefined}
        >
          <Icon size={14} strokeWidth={1.75} aria-hidden="true" />
          <span>{words}</span>
        </a>
      )}
    </output>
  );
}

/** A few are done before anyone has read that they are not. */
const worthSaying = 20;

function wordsFor({ state }: MeaningState, pending: number): string | undefined {
  if (state === 'unavailable') return 'Search by meaning is off';
  if (state === 'ready' && pending > worthSaying) return `Reading ${memoriesInWords(pending)}`;
  return undefined;
}
