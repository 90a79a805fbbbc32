import type { OpeningStage } from '../../../shared/schemas/app-status.ts';
import { Mark } from '../../components/mark.tsx';
import { ProgressLine } from '../../components/progress-line.tsx';
import { useTexts } from '../../text/use-texts.ts';
import { stageWords } from './stage-words.ts';

/**
 * Until the library is open. index.html holds the same markup in its first stage, so that it is
 * painted before any script has run; React then takes it over.
 */
export function BootScreen({ stage }: { stage: OpeningStage | 'closing' }) {
  const texts = useTexts();
  const { line, hint = '' } = stageWords(texts)[stage];
  return (
    <main className="boot">
      <Mark className="boot__mark" />
      <h1 className="boot__name">Loci</h1>
      <div className="boot__news">
        <ProgressLine label={texts.boot.opening} />
        <output>
          <span className="boot__line">{line}</span>
          <span className="boot__hint">{hint}</span>
        </output>
      </div>
    </main>
  );
}
