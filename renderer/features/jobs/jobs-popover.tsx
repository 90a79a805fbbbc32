import { inWords } from '../../../shared/texts/told.ts';
import { Popover } from '@base-ui/react/popover';
import { Pause, Play, X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { EmbeddingProgress } from '../../../shared/schemas/embedding-progress.ts';
import { jobActions, type Job, type JobStatus } from '../../../shared/schemas/job.ts';
import { jobWords } from '../../../shared/text/job-words.ts';
import { useEmbeddingProgress } from '../../api/embedding-progress.ts';
import { reasonOf } from '../../api/failure-words.ts';
import { dismissJob, useJobs, type ShownJob } from '../../api/jobs.ts';
import { loci } from '../../api/loci.ts';
import { Button } from '../../components/button.tsx';
import { DeterminateLine } from '../../components/determinate-line.tsx';
import { IconButton } from '../../components/icon-button.tsx';
import { ProgressLine } from '../../components/progress-line.tsx';
import { memoriesInWords } from '../../text/quantities.ts';
import { jobsShown } from './jobs-shown.ts';
import './jobs.css';
import { ReadingPace } from './reading-pace.tsx';
import { saidProgress } from './said-job.ts';
import { useTexts } from '../../text/use-texts.ts';
import { textsNow } from '../../../shared/texts/index.ts';

/** Beside the button where there is one, otherwise in the corner. */
const anchor = () =>
  document.querySelector('.jobs-button') ?? {
    getBoundingClientRect: () => new DOMRect(8, window.innerHeight - 8, 0, 0),
  };

/** Everything long in one place: how far it is, and what can be done about it. */
export function JobsPopover() {
  const texts = useTexts();
  const isOpen = jobsShown.use();
  return (
    <Popover.Root open={isOpen} onOpenChange={(opens) => opens || jobsShown.close()}>
      <Popover.Portal>
        <Popover.Positioner
          className="jobs__place"
          anchor={anchor}
          side="top"
          align="start"
          sideOffset={6}
          collisionPadding={8}
        >
          <Popover.Popup className="jobs">
            <Popover.Title className="jobs__title">{texts.jobs.title}</Popover.Title>
            <List />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function List() {
  const texts = useTexts();
  const { underWay, failed, ended } = useJobs();
  const reading = useEmbeddingProgress();
  const isReading = reading !== undefined && (reading.pending > 0 || reading.failed > 0);
  const [failure, setFailure] = useState<string>();
  const run = (deed: () => Promise<unknown>) => {
    setFailure(undefined);
    deed().catch((error: unknown) => setFailure(reasonOf(error)));
  };
  const isEmpty = !isReading && underWay.length + failed.length + ended.length === 0;
  return (
    <>
      {failure !== undefined && (
        <p className="jobs__failure" role="alert">
          {failure}
        </p>
      )}
      {isEmpty && <p className="jobs__none">{texts.jobs.none}</p>}
      <ul className="jobs__list">
        {failed.map((job) => (
          <Failed key={job.id} job={job} run={run} />
        ))}
        {isReading && <Reading progress={reading} run={run} />}
        {underWay.map((shown) => (
          <UnderWay key={shown.job.id} {...shown} run={run} />
        ))}
        {ended.map((job) => (
          <Row key={job.id} name={jobWords(job.kind).done}>
            <Dismiss name={jobWords(job.kind).done} id={job.id} />
          </Row>
        ))}
      </ul>
    </>
  );
}

type Run = (deed: () => Promise<unknown>) => void;

interface RowProps {
  readonly name: string;
  readonly words?: string | undefined;
  readonly line?: ReactNode;
  readonly isAmiss?: boolean;
  readonly children: ReactNode;
}

function Row({ name, words, line, isAmiss, children }: RowProps) {
  return (
    <li className="jobs__row" aria-label={name}>
      <div className="jobs__words">
        <p className="jobs__name" data-amiss={isAmiss || undefined}>
          {name}
        </p>
        {words !== undefined && <p className="jobs__text">{words}</p>}
        {line}
      </div>
      <div className="jobs__deeds">{children}</div>
    </li>
  );
}

const can = (status: JobStatus, action: keyof typeof jobActions): boolean =>
  jobActions[action].some((each) => each === status);

function UnderWay({ job, samples, run }: ShownJob & { run: Run }) {
  const texts = useTexts();
  const { id, kind, status, progress, total } = job;
  const name = jobWords(kind).doing;
  return (
    <Row
      name={name}
      words={saidProgress(job, samples)}
      line={
        total === null && status === 'running' ? (
          <ProgressLine label={name} />
        ) : (
          <DeterminateLine label={name} done={progress} total={total ?? 1} />
        )
      }
    >
      {can(status, 'pause') && (
        <IconButton
          label={texts.jobs.pause(name)}
          icon={Pause}
          onClick={() => run(() => loci.jobs.pause({ id }))}
        />
      )}
      {can(status, 'resume') && (
        <IconButton
          label={texts.jobs.goOn(name)}
          icon={Play}
          onClick={() => run(() => loci.jobs.resume({ id }))}
        />
      )}
      <IconButton
        label={texts.jobs.cancel(name)}
        icon={X}
        onClick={() => run(() => loci.jobs.cancel({ id }))}
      />
    </Row>
  );
}

function Failed({ job: { id, kind, error }, run }: { job: Job; run: Run }) {
  const texts = useTexts();
  const name = jobWords(kind).failed;
  return (
    <Row name={name} words={inWords(error ?? texts.jobs.logSaysMore)} isAmiss>
      <Button
        tone="quiet"
        aria-label={texts.jobs.tryAgainOne(name)}
        onClick={() => run(() => loci.jobs.retry({ id }))}
      >
        {texts.actions.tryAgain}
      </Button>
      <Dismiss name={name} id={id} />
    </Row>
  );
}

function Dismiss({ name, id }: { name: string; id: string }) {
  const texts = useTexts();
  return <IconButton label={texts.jobs.read(name)} icon={X} onClick={() => dismissJob(id)} />;
}

function Reading({ progress, run }: { progress: EmbeddingProgress; run: Run }) {
  const texts = useTexts();
  const { state, ready, pending, failed, problem } = progress;
  const isPaused = state === 'paused';
  if (pending === 0) {
    return (
      <Row name={texts.jobs.notRead(memoriesInWords(failed))} words={problem} isAmiss>
        <Button tone="quiet" onClick={() => run(() => loci.embeddings.retryFailed())}>
          {texts.actions.tryAgain}
        </Button>
      </Row>
    );
  }
  const name = texts.jobs.reading;
  return (
    <Row
      name={name}
      words={saidLeft(isPaused, pending, failed)}
      line={
        <>
          {state === 'working' && <ReadingPace left={pending} />}
          <DeterminateLine label={name} done={ready + failed} total={ready + pending + failed} />
        </>
      }
    >
      {isPaused ? (
        <IconButton
          label={texts.jobs.goOn(name)}
          icon={Play}
          onClick={() => run(() => loci.embeddings.resume())}
        />
      ) : (
        <IconButton
          label={texts.jobs.pause(name)}
          icon={Pause}
          onClick={() => run(() => loci.embeddings.pause())}
        />
      )}
    </Row>
  );
}

function saidLeft(isPaused: boolean, pending: number, failed: number): string {
  const texts = textsNow();
  const left = memoriesInWords(pending);
  if (failed === 0) return isPaused ? texts.jobs.leftPaused(left) : texts.jobs.left(left);
  const notRead = memoriesInWords(failed);
  return isPaused ? texts.jobs.leftAndFailedPaused(left, notRead) : texts.jobs.leftAndFailed(left, notRead);
}
