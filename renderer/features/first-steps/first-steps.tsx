import { BookOpen, Footprints } from 'lucide-react';
import { useState } from 'react';
import { reasonOf } from '../../api/failure-words.ts';
import { loci } from '../../api/loci.ts';
import { Button } from '../../components/button.tsx';
import { openTour } from './tour-shown.ts';
import './first-steps.css';

/** Where there is nothing yet: the ways to see what this is good for. */
export function FirstSteps() {
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
      <p className="first-steps__text">Or look around first, in sixty memories that are nobody’s:</p>
      <div className="first-steps__deeds">
        <Button icon={BookOpen} aria-disabled={isBusy} onClick={() => void openSample()}>
          {isBusy ? 'Opening the sample…' : 'Open a sample library'}
        </Button>
        <Button tone="quiet" icon={Footprints} onClick={openTour}>
          Take the tour
        </Button>
      </div>
      <p className="first-steps__note">
        The sample is a library of its own. It is removed in one click, and nothing of it is ever among yours.
      </p>
      {failure !== undefined && <p role="alert">{failure}</p>}
    </div>
  );
}
