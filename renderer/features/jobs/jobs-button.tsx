import { CircleAlert, CircleDashed, LoaderCircle } from 'lucide-react';
import { useRef } from 'react';
import { useEmbeddingProgress } from '../../api/embedding-progress.ts';
import { useJobs } from '../../api/jobs.ts';
import { Hint } from '../../components/icon-button.tsx';
import { useSaidKeys } from '../../commands/said-keys.ts';
import { jobsShown } from './jobs-shown.ts';
import { useTexts } from '../../text/use-texts.ts';
import './jobs.css';

/** The way to everything long: it says whether there is any, and whether something went wrong. */
export function JobsButton() {
  const texts = useTexts();
  const { underWay, failed } = useJobs();
  const reading = useEmbeddingProgress();
  const isOpen = jobsShown.use();
  const wasOpen = useRef(false);
  const saidKeys = useSaidKeys();
  const isReading = reading?.state === 'working';
  const isBusy = isReading || underWay.some(({ job }) => job.status === 'running');
  const count = underWay.length + (reading && reading.pending > 0 ? 1 : 0);
  const words = [
    texts.jobs.title,
    ...(count > 0 ? [texts.jobs.underWay(count)] : []),
    ...(failed.length > 0 ? [texts.jobs.failedOnes(failed.length)] : []),
  ];
  const Icon = failed.length > 0 ? CircleAlert : isBusy ? LoaderCircle : CircleDashed;
  return (
    <Hint words={texts.jobs.title} shortcut={saidKeys('app.jobs')}>
      <button
        type="button"
        className="icon-button jobs-button"
        aria-label={words.join(', ')}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        data-failed={failed.length > 0 || undefined}
        data-busy={isBusy || undefined}
        onPointerDown={() => {
          // Pressing beside what is open closes it, before this is told of the click.
          wasOpen.current = isOpen;
        }}
        onClick={(event) => {
          const closes = event.detail > 0 ? wasOpen.current : isOpen;
          if (closes) jobsShown.close();
          else jobsShown.open();
        }}
      >
        <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
      </button>
    </Hint>
  );
}
