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
import { useTexts } from '../../text/use-texts.ts';
import { textsNow } from '../../../shared/texts/index.ts';

/** How much of the library can be found by meaning, and what is being done about the rest. */
export function ReadingState() {
  const texts = useTexts();
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
        <Count name={texts.models.reading.ready} count={ready} />
        <Count name={texts.models.reading.waiting} count={pending} />
        <Count name={texts.models.reading.failed} count={failed} isAmiss={failed > 0} />
      </dl>
      {pending > 0 && (
        <DeterminateLine
          label={texts.models.memoriesRead}
          done={ready + failed}
          total={ready + pending + failed}
        />
      )}
      {problem !== undefined && (
        <p className="meaning__amiss" role="status">
          {failed > 0 ? texts.models.reading.why(problem) : problem}
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
          {isPaused ? texts.models.reading.resume : texts.models.reading.pause}
        </Button>
        {failed > 0 && (
          <Button icon={RotateCcw} onClick={() => void run(() => loci.embeddings.retryFailed())}>
            {texts.models.reading.tryAgain}
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
  const texts = textsNow();
  if (state === 'paused')
    return pending > 0 ? texts.models.reading.pausedByWords : texts.models.reading.pausedNothing;
  if (state === 'waiting')
    return problem === undefined ? texts.models.reading.gettingReady : texts.models.reading.standsStill;
  if (state === 'elsewhere') return texts.models.reading.elsewhere;
  if (pending > 0) return texts.models.reading.newestFirst;
  if (failed > 0) return texts.models.reading.triesAgain;
  return ready === 0 ? texts.models.reading.nothing : texts.models.reading.all;
}
