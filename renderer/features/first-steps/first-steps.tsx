import { BookOpen, Footprints } from 'lucide-react';
import { useState } from 'react';
import { reasonOf } from '../../api/failure-words.ts';
import { loci } from '../../api/loci.ts';
import { Button } from '../../components/button.tsx';
import { openTour } from './tour-shown.ts';
import { useTexts } from '../../text/use-texts.ts';
import './first-steps.css';

/** Where there is nothing yet: the ways to see what this is good for. */
export function FirstSteps() {
  const texts = useTexts();
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();

  async function openSample(): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    setFailure(undefined);
    try {
      await loci.library.openSample();
    } catch (error) {
      setFailure(reasonOf(error));
    }
    setBusy(false);
  }

  return (
    <div className="first-steps">
      <p className="first-steps__text">{texts.firstSteps.lookAround}</p>
      <div className="first-steps__deeds">
        <Button icon={BookOpen} aria-disabled={isBusy} onClick={() => void openSample()}>
          {isBusy ? texts.firstSteps.openingSample : texts.firstSteps.openSample}
        </Button>
        <Button tone="quiet" icon={Footprints} onClick={openTour}>
          {texts.firstSteps.takeTour}
        </Button>
      </div>
      <p className="first-steps__note">{texts.firstSteps.note}</p>
      {failure !== undefined && <p role="alert">{failure}</p>}
    </div>
  );
}
