import { CircleAlert, CirclePause, LoaderCircle } from 'lucide-react';
import type { MeaningState } from '../../../shared/schemas/app-status.ts';
import type { EmbeddingProgress } from '../../../shared/schemas/embedding-progress.ts';
import { useEmbeddingProgress } from '../../api/embedding-progress.ts';
import { addressOfView } from '../../navigation/place.ts';
import { memoriesInWords } from '../../text/quantities.ts';

/** What is under way or amiss, in a line; nothing when all is well. */
export function SidebarNews({ meaning }: { meaning: MeaningState }) {
  const progress = useEmbeddingProgress();
  const isOff = meaning.state === 'unavailable';
  const words = wordsFor(meaning, progress);
  const isAmiss = isOff || (progress?.failed ?? 0) > 0;
  const Icon = isAmiss ? CircleAlert : progress?.state === 'paused' ? CirclePause : LoaderCircle;
  return (
    <output className="sidebar__news">
      {words !== undefined && (
        <a
          className="sidebar__news-link"
          href={addressOfView({ kind: isOff ? 'status' : 'settings' })}
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

function wordsFor({ state }: MeaningState, progress: EmbeddingProgress | undefined): string | undefined {
  if (state === 'unavailable') return 'Search by meaning is off';
  if (state !== 'ready' || !progress) return undefined;
  const { pending, failed } = progress;
  if (failed > 0) return `Could not read ${memoriesInWords(failed)}`;
  if (progress.state === 'paused') return `Reading is paused: ${memoriesInWords(pending)} waiting`;
  return pending > worthSaying ? `Reading ${memoriesInWords(pending)}` : undefined;
}
