import { inWords } from '../../../shared/texts/told.ts';
import { isUnfinished, type Job } from '../../../shared/schemas/job.ts';
import { loci } from '../../api/loci.ts';
import { Button } from '../../components/button.tsx';
import { DeterminateLine } from '../../components/determinate-line.tsx';
import { ProgressLine } from '../../components/progress-line.tsx';
import { canTakeOver, saidSize, saidState, type OtherModel } from './other-models.ts';
import { paceOf, saidPace, saidTimeLeft, type Sample } from '../../text/pace.ts';
import { useTexts } from '../../text/use-texts.ts';
import { textsNow } from '../../../shared/texts/index.ts';

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
  const texts = useTexts();
  const { model, isNamesake, samples, isPrevious, failure, run, onSwitch, onPrepare, onRemove } = props;
  const { name, revision, dimension, kept, job, offered } = model;
  const deeds = job && deedsOf(job);
  const isGoing = job !== undefined && isUnfinished(job);
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
          <Button key="first" aria-label={deeds.labelOf(name)} onClick={() => run(() => deeds.run(job))}>
            {deeds.label}
          </Button>
        )}
        {offered && (
          <Button key="first" aria-label={texts.models.row.prepareOne(name)} onClick={onPrepare}>
            {texts.models.row.prepare}
          </Button>
        )}
        {canSwitch && !isPrevious && (
          <Button key="switch" aria-label={texts.models.row.switchOne(name)} onClick={onSwitch}>
            {texts.models.row.switch}
          </Button>
        )}
        {isGoing && (
          <Button
            key="last"
            aria-label={texts.models.row.cancelOne(name)}
            onClick={() => run(() => loci.jobs.cancel({ id: job.id }))}
          >
            {texts.actions.cancel}
          </Button>
        )}
        {!isGoing && (kept ? kept.jobId === null : job !== undefined) && (
          <Button key="last" aria-label={texts.models.row.removeOne(name)} onClick={onRemove}>
            {texts.models.row.remove}
          </Button>
        )}
      </div>
    </li>
  );
}

function Line({ job, name }: { job: Job; name: string }) {
  const texts = useTexts();
  const label = texts.models.row.preparing(name);
  return job.total === null && job.status === 'running' ? (
    <ProgressLine label={label} />
  ) : (
    <DeterminateLine label={label} done={job.progress} total={job.total ?? 1} />
  );
}

interface Deed {
  readonly label: string;
  /** Of several models, which one. */
  readonly labelOf: (name: string) => string;
  readonly run: (job: Job) => Promise<unknown>;
}

/** What takes a preparation further, or holds it up. */
function deedsOf({ status }: Job): Deed | undefined {
  const texts = textsNow();
  const pause = { label: texts.models.row.pause, labelOf: texts.models.row.pauseOne };
  const goOn = { label: texts.models.row.goOn, labelOf: texts.models.row.goOnOne };
  switch (status) {
    case 'queued':
    case 'running':
      return { ...pause, run: ({ id }) => loci.jobs.pause({ id }) };
    case 'paused':
    case 'interrupted':
      return { ...goOn, run: ({ id }) => loci.jobs.resume({ id }) };
    case 'cancelled':
      return { ...goOn, run: ({ id }) => loci.jobs.retry({ id }) };
    case 'failed':
      return {
        label: texts.actions.tryAgain,
        labelOf: texts.models.row.tryAgainOne,
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
  const texts = textsNow();
  const soFar = total === null ? undefined : texts.models.job.soFar(progress, total);
  switch (status) {
    case 'queued':
      return texts.models.job.queued;
    case 'running': {
      if (soFar === undefined || total === null) return texts.models.job.loading;
      if (progress >= total) return texts.models.job.allRead(total);
      const pace = paceOf(samples);
      return pace === undefined
        ? soFar
        : `${soFar} · ${saidPace(pace)} · ${saidTimeLeft((total - progress) / pace)}`;
    }
    case 'paused':
      return soFar === undefined ? texts.models.job.paused : texts.models.job.pausedAt(soFar);
    case 'interrupted':
      return soFar === undefined ? texts.models.job.interrupted : texts.models.job.interruptedAt(soFar);
    case 'cancelled':
      return soFar === undefined ? texts.models.job.stopped : texts.models.job.stoppedAt(soFar);
    case 'failed':
      return inWords(error ?? texts.models.job.failed);
    case 'succeeded':
      return texts.models.job.ready;
  }
}
