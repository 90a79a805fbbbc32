import { Pause, Play, RotateCcw } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { EmbeddingProgress } from '../../../shared/schemas/embedding-progress.ts';
import { refreshEmbeddingProgress, useEmbeddingProgress } from '../../api/embedding-progress.ts';
import { reasonOf } from '../../api/failure-words.ts';
import { loci } from '../../api/loci.ts';
import { Button } from '../../components/button.tsx';
import { DeterminateLine } from '../../components/determinate-line.tsx';
import { Placeholder } from '../../components/facts.tsx';
import { formatCount } from '../../text/quantities.ts';

/** How much of the library can be found by meaning, and what is being done about the rest. */
export function ReadingState() {
  const progress = useEmbeddingProgress();
  const [failure, setFailure] = useState<string>();
  useEffect(refreshEmbeddingProgress, []);
  if (!progress) return <Placeholder width="long" />;
  const { ready, pending, failed, state, problem } = progress;
  const isPaused = state === 'paused';

  async function run(deed: () => Promise<unknown>): Promise<void> {
    setFailure(undefined);
    try {
      await deed();
    } catch (error) {
      setFailure(reasonOf(error));
    }
  }

  return (
    <>
      <dl className="reading-counts">
        <Count name="ready" count={ready} />
        <Count name="waiting" count={pending} />
        <Count name="failed" count={failed} isAmiss={failed > 0} />
      </dl>
      {pending > 0 && (
        <DeterminateLine label="Memories read" done={ready + failed} total={ready + pending + failed} />
      )}
      {problem !== undefined && (
        <p className="meaning__amiss" role="status">
          {failed > 0 ? `Why some failed: ${problem}` : problem}
        </p>
      )}
      <p className="meaning__text" role="status">
        {saidReading(progress)}
      </p>
      <div className="meaning__deeds">
        <Button
          key="pace"
          icon={isPaused ? Play : Pause}
          onClick={() => void run(() => (isPaused ? loci.embeddings.resume() : loci.embeddings.pause()))}
        >
          {isPaused ? 'Resume reading' : 'Pause reading'}
        </Button>
        {failed > 0 && (
          <Button icon={RotateCcw} onClick={() => void run(() => loci.embeddings.retryFailed())}>
            Try failed ones again
          </Button>
        )}
      </div>
      {failure !== undefined && (
        <p className="meaning__amiss" role="alert">
          {failure}
        </p>
      )}
    </>
  );
}

function Count({ name, count, isAmiss = false }: { name: string; count: number; isAmiss?: boolean }) {
  return (
    <div className="reading-counts__one" data-amiss={isAmiss || undefined}>
      <dt>{name}</dt>
      <dd>{formatCount(count)}</dd>
    </div>
  );
}

/** Without figures: what is read out must not change with every memory. */
function saidReading({ state, ready, pending, failed, problem }: EmbeddingProgress): string {
  const byWords = 'What has not been read is found by its words.';
  if (state === 'paused')
    return `Paused until you resume it or start Loci again. ${pending > 0 ? byWords : 'What you write meanwhile waits.'}`;
  if (state === 'waiting')
    return problem === undefined ? 'The model is getting ready.' : 'Reading stands still.';
  if (state === 'elsewhere') return 'Another Loci that has this library open is reading.';
  if (pending > 0) return `Reading, the newest first. ${byWords}`;
  if (failed > 0) return `${byWords} Loci tries again by itself, less and less often.`;
  return ready === 0 ? 'There is nothing to read yet.' : 'Every memory can be found by meaning.';
}
