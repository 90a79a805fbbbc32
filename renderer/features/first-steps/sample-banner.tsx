import { textsNow } from '../../../shared/texts/index.ts';
import { useState } from 'react';
import { reasonOf } from '../../api/failure-words.ts';
import { loci } from '../../api/loci.ts';
import { useSettings } from '../../api/settings.ts';
import { Button } from '../../components/button.tsx';
import { tell } from '../../components/toasts.tsx';
import { openTour } from './tour-shown.ts';
import { useTexts } from '../../text/use-texts.ts';
import './sample-banner.css';

/** While one looks around in the sample: what this is, and the way out of it. */
export function SampleBanner() {
  const texts = useTexts();
  const { 'library.isSample': isSample } = useSettings();
  const [isBusy, setBusy] = useState(false);
  if (!isSample) return null;

  async function remove(): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    try {
      await loci.library.removeSample();
      tell({ words: () => textsNow().firstSteps.sampleGone });
    } catch (error) {
      tell({ words: reasonOf(error), tone: 'danger' });
    }
    setBusy(false);
  }

  return (
    <section className="sample-banner" aria-label={texts.firstSteps.sample}>
      <p>{texts.firstSteps.sampleText}</p>
      <div className="sample-banner__deeds">
        <Button tone="quiet" onClick={openTour}>
          {texts.firstSteps.takeTour}
        </Button>
        <Button tone="quiet" aria-disabled={isBusy} onClick={() => void remove()}>
          {texts.firstSteps.removeSample}
        </Button>
      </div>
    </section>
  );
}
