import { X } from 'lucide-react';
import { useEffect, useLayoutEffect, useState } from 'react';
import { useSettings } from '../../api/settings.ts';
import { useSaidKeys } from '../../commands/said-keys.ts';
import { Button } from '../../components/button.tsx';
import { IconButton } from '../../components/icon-button.tsx';
import { go } from '../../navigation/history.ts';
import { tourShown } from './tour-shown.ts';
import { tourSteps } from './tour-steps.ts';
import { useTexts } from '../../text/use-texts.ts';
import './tour.css';

export function Tour() {
  return tourShown.use() ? <Steps /> : null;
}

const takeFocus = (button: HTMLButtonElement | null): void => button?.focus({ preventScroll: true });

/** One thing at a time, beside what it is about; it can be left at any point. */
function Steps() {
  const { 'library.isSample': isSample } = useSettings();
  const texts = useTexts();
  const [at, setAt] = useState(0);
  const saidKeys = useSaidKeys();
  const step = tourSteps[at];
  const place = isSample ? step?.inSample : undefined;
  useEffect(() => {
    if (place) go(place);
  }, [place]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) tourShown.close();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  const ring = useRing(step?.about);
  if (!step) return null;
  const { name, words, keys } = step;
  const said = keys && saidKeys(keys);
  const isLast = at === tourSteps.length - 1;
  return (
    <>
      {ring && <div className="tour-ring" style={ring} aria-hidden="true" />}
      <div
        className="tour"
        role="dialog"
        tabIndex={-1}
        aria-labelledby="tour-title"
        aria-describedby="tour-text"
      >
        <div className="tour__head">
          <h2 className="tour__title" id="tour-title">
            {texts.firstSteps.steps[name].title} {said !== undefined && <kbd>{said}</kbd>}
          </h2>
          <IconButton label={texts.firstSteps.leaveTour} icon={X} onClick={tourShown.close} />
        </div>
        <p className="tour__text" id="tour-text" aria-live="polite">
          {words(texts, isSample)}
        </p>
        <div className="tour__foot">
          <span className="tour__at">{texts.firstSteps.step(at + 1, tourSteps.length)}</span>
          {at > 0 && (
            <Button tone="quiet" onClick={() => setAt(at - 1)}>
              {texts.firstSteps.back}
            </Button>
          )}
          <Button
            key={at}
            ref={takeFocus}
            tone="primary"
            onClick={() => (isLast ? tourShown.close() : setAt(at + 1))}
          >
            {isLast ? texts.firstSteps.done : texts.firstSteps.next}
          </Button>
        </div>
      </div>
    </>
  );
}

interface Ring {
  readonly top: number;
  readonly left: number;
  readonly width: number;
  readonly height: number;
}

const marginPx = 4;
const lookEveryMs = 250;

/** Around what the step is about, wherever that is by now. */
function useRing(selector: string | undefined): Ring | undefined {
  const [ring, setRing] = useState<Ring>();
  useLayoutEffect(() => {
    if (selector === undefined) return undefined;
    const look = () => {
      const found = [...document.querySelectorAll(selector)].find((each) => each.checkVisibility());
      const box = found?.getBoundingClientRect();
      setRing((before) => {
        if (!box) return undefined;
        const now = {
          top: Math.max(2, box.top - marginPx),
          left: Math.max(2, box.left - marginPx),
          width: Math.min(window.innerWidth - 4, box.width + 2 * marginPx),
          height: Math.min(window.innerHeight - 4, box.height + 2 * marginPx),
        };
        const isSame =
          before?.top === now.top &&
          before.left === now.left &&
          before.width === now.width &&
          before.height === now.height;
        return isSame ? before : now;
      });
    };
    look();
    // The page it leads to comes a little later, and a window is made larger meanwhile.
    const timer = setInterval(look, lookEveryMs);
    return () => clearInterval(timer);
  }, [selector]);
  return ring;
}
