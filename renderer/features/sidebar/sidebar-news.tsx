import { CircleAlert, CirclePause, LoaderCircle } from 'lucide-react';
import type { Texts } from '../../../shared/texts/index.ts';
import type { MeaningState } from '../../../shared/schemas/app-status.ts';
import type { EmbeddingProgress } from '../../../shared/schemas/embedding-progress.ts';
import { useEmbeddingProgress } from '../../api/embedding-progress.ts';
import { addressOfView } from '../../navigation/place.ts';
import { useTexts } from '../../text/use-texts.ts';

/** What is under way or amiss, in a line; nothing when all is well. */
export function SidebarNews({ meaning }: { meaning: MeaningState }) {
  const texts = useTexts();
  const progress = useEmbeddingProgress();
  const isOff = meaning.state === 'unavailable';
  const words = wordsFor(meaning, progress, texts);
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

function wordsFor(
  { state }: MeaningState,
  progress: EmbeddingProgress | undefined,
  texts: Texts,
): string | undefined {
  if (state === 'unavailable') return texts.sidebar.news.off;
  if (state !== 'ready' || !progress) return undefined;
  const { pending, failed } = progress;
  if (failed > 0) return texts.sidebar.news.failed(failed);
  if (progress.state === 'paused') return texts.sidebar.news.paused(pending);
  return pending > worthSaying ? texts.sidebar.news.reading(pending) : undefined;
}
