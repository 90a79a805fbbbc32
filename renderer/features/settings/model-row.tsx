import type { Job } from '../../../shared/schemas/job.ts';
import { loci } from '../../api/loci.ts';
import { Button } from '../../components/button.tsx';
import { DeterminateLine } from '../../components/determinate-line.tsx';
import { ProgressLine } from '../../components/progress-line.tsx';
import { formatCount, memoriesInWords } from '../../text/quantities.ts';
import { canTakeOver, isUnderWay, saidSize, saidState, type OtherModel } from './other-models.ts';
import { paceOf, saidPace, saidTimeLeft, type Sample } from '../../text/pace.ts';

interface ModelRowProps {
  readonly model: OtherModel;
  /** There is another of this name. */
  readonly isNamesake: boolean;
  readonly samples: readonly Sample[];
  /** One goes back to it above. */
  readonly isPrevious: boolean;
  readonly failure: string | undefined;
  readonly run: (deed: () => Promise<unknown>) => void;
  readonly onSwitch: () => void;
  readonly onPrepare: () => void;
  readonly onRemove: () => void;
}

/** A model that is not in use: what is being done with it, and what can be. */
export function ModelRow(props: ModelRowProps) {
  const { model, isNamesake, samples, isPrevious, failure, run, onSwitch, onPrepare, onRemove } = props;
  const { name, revision, dimension, kept, job, offered } = model;
  const deeds = job && deedsOf(job);
  const isGoing = job !== undefined && isUnderWay(job);
  const canSwitch = canTakeOver(model);

  return (
    <li className="model" aria-label={name}>
      <div className="model__words">
        <p className="model__name">
          {name} {isNamesake && <code className="model__revision">{revision}</code>}
        </p>
        <p className="model__facts">
          {saidSize(kept ?? { dimension, filesBytes: offered?.sizeBytes ?? 0, libraryBytes: 0, pieces: 0 })}
        </p>
        <p className={job?.status === 'failed' ? 'meaning__amiss' : 'meaning__text'}>
          {job ? saidJob(job, samples) : saidState(model)}
        </p>
        {job && isGoing && <Line job={job} name={name} />}
        {failure !== undefined && (
          <p className="meaning__amiss" role="alert">
            {failure}
          </p>
        )}
      </div>
      <div className="model__deeds">
        {deeds && (
          <Button
            key="first"
            aria-label={`${deeds.label}: ${name}`}
            onClick={() => run(() => deeds.run(job))}
          >
            {deeds.label}
          </Button>
        )}
        {offered && (
          <Button key="first" aria-label={`Prepare… ${name}`} onClick={onPrepare}>
            Prepare…
          </Button>
        )}
        {canSwitch && !isPrevious && (
          <Button key="switch" aria-label={`Switch to it: ${name}`} onClick={onSwitch}>
            Switch to it
          </Button>
        )}
        {isGoing && (
          <Button
            key="last"
            aria-label={`Cancel: ${name}`}
            onClick={() => run(() => loci.jobs.cancel({ id: job.id }))}
          >
            Cancel
          </Button>
        )}
        {!isGoing && (kept ? kept.jobId === null : job !== undefined) && (
          <Button key="last" aria-label={`Remove… ${name}`} onClick={onRemove}>
            Remove…
          </Button>
        )}
      </div>
    </li>
  );
}

function Line({ job, name }: { job: Job; name: string }) {
  const label = `Preparing ${name}`;
  return job.total === null && job.status === 'running' ? (
    <ProgressLine label={label} />
  ) : (
    <DeterminateLine label={label} done={job.progress} total={job.total ?? 1} />
  );
}

interface Deed {
  readonly label: string;
  readonly run: (job: Job) => Promise<unknown>;
}

/** What takes a preparation further, or holds it up. */
function deedsOf({ status }: Job): Deed | undefined {
  switch (status) {
    case 'queued':
    case 'running':
      return { label: 'Pause', run: ({ id }) => loci.jobs.pause({ id }) };
    case 'paused':
    case 'interrupted':
      return { label: 'Go on', run: ({ id }) => loci.jobs.resume({ id }) };
    case 'cancelled':
      return { label: 'Go on', run: ({ id }) => loci.jobs.retry({ id }) };
    case 'failed':
      return {
        label: 'Try again',
        async run({ id }) {
          await loci.embeddings.retryFailed();
          await loci.jobs.retry({ id });
        },
      };
    case 'succeeded':
      return undefined;
  }
}

function saidJob(job: Job, samples: readonly Sample[]): string {
  const { status, progress, total, error } = job;
  const soFar = total === null ? undefined : `${formatCount(progress)} of ${memoriesInWords(total)} read`;
  const withSoFar = (words: string) => (soFar === undefined ? `${words}.` : `${words}: ${soFar}.`);
  switch (status) {
    case 'queued':
      return 'Waits for its turn.';
    case 'running': {
      if (soFar === undefined || total === null) return 'Copying and loading it.';
      if (progress >= total) return `All ${memoriesInWords(total)} read. Making them quick to find.`;
      const pace = paceOf(samples);
      return pace === undefined
        ? soFar
        : `${soFar} · ${saidPace(pace)} · ${saidTimeLeft((total - progress) / pace)}`;
    }
    case 'paused':
      return withSoFar('Paused');
    case 'interrupted':
      return withSoFar('Interrupted when Loci was closed');
    case 'cancelled':
      return withSoFar('Stopped');
    case 'failed':
      return error ?? 'It could not be prepared. The log says more.';
    case 'succeeded':
      return 'Ready.';
  }
}
