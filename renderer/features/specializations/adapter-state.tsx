import { inWords } from '../../../shared/texts/told.ts';
import { useTexts } from '../../text/use-texts.ts';
import { File, Folder, RefreshCw } from 'lucide-react';
import type { AdapterCandidate, InspectedAdapter } from '../../../shared/schemas/adapter.ts';
import type { Job } from '../../../shared/schemas/job.ts';
import { followJob, useJobAbout } from '../../api/adapter-jobs.ts';
import { LociFailure } from '../../api/client.ts';
import { isAtWork } from '../../api/latest-job.ts';
import { loci } from '../../api/loci.ts';
import { Actions, type Action } from '../../components/actions.tsx';
import { Button } from '../../components/button.tsx';
import { DeterminateLine } from '../../components/determinate-line.tsx';
import { showDialog } from '../../components/dialog-host.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Notice } from '../../components/notice.tsx';
import { formatBytes, formatShare } from '../../text/quantities.ts';
import { attempt, offerUndo } from '../undo/undo.ts';
import './adapter-state.css';
import { refusalTitle, specializationsInWords } from './adapter-words.ts';
import { chooseAdapter } from './bring-adapters.ts';
import { restore } from './specialization-deeds.ts';

interface AdapterStateProps {
  readonly inspected: InspectedAdapter;
  readonly onChanged: () => Promise<void>;
}

/** What is amiss with the file, and what to do; and what is being done with it right now. */
export function AdapterState({ inspected, onChanged }: AdapterStateProps) {
  const texts = useTexts();
  const { specialization } = inspected;
  const { id, status, problem, deletedAt } = specialization;
  return (
    <div className="adapter-state">
      {deletedAt !== null ? (
        <Notice tone="quiet" title={texts.specializations.state.trashed}>
          <p>{texts.specializations.state.trashedText}</p>
          <Actions actions={[{ label: texts.specializations.deeds.restore, run: () => restore([id]) }]} />
        </Notice>
      ) : (
        <Trouble inspected={inspected} onChanged={onChanged} />
      )}
      {status === 'ready' && problem !== null && <Notice tone="quiet" title={inWords(problem)} />}
      <Progress id={id} kind="specializations.copy" doing={texts.specializations.state.copying} />
      <Progress id={id} kind="specializations.hash" doing={texts.specializations.state.hashing} />
    </div>
  );
}

function Trouble({ inspected: { specialization }, onChanged }: AdapterStateProps) {
  const texts = useTexts();
  const { id, name, version, status, problem } = specialization;
  const to = { id, name, version };
  const lookAgain: Action = { label: texts.specializations.state.lookAgain, icon: RefreshCw, run: onChanged };
  switch (status) {
    case 'ready':
      return null;
    case 'draft':
      return (
        <Notice tone="quiet" title={texts.specializations.state.draft}>
          <p>{texts.specializations.state.draftText}</p>
          <Actions
            actions={[
              {
                label: texts.specializations.state.chooseFolder,
                icon: Folder,
                run: () => chooseAdapter('folder', to),
              },
              {
                label: texts.specializations.state.chooseFile,
                icon: File,
                run: () => chooseAdapter('file', to),
              },
            ]}
          />
        </Notice>
      );
    case 'missing':
      return (
        <Notice tone="danger" title={texts.specializations.state.missing}>
          <p>{problem !== null && inWords(problem)}</p>
          <Actions
            actions={[
              {
                label: texts.specializations.state.locateFolder,
                icon: Folder,
                run: () => locate(id, name, 'folder', onChanged),
              },
              {
                label: texts.specializations.state.locateFile,
                icon: File,
                run: () => locate(id, name, 'file', onChanged),
              },
              lookAgain,
            ]}
          />
        </Notice>
      );
    case 'changed':
    case 'invalid':
      return (
        <Notice
          tone="danger"
          title={
            status === 'changed' ? texts.specializations.state.changed : texts.specializations.state.invalid
          }
        >
          <p>{problem !== null && inWords(problem)}</p>
          <Actions
            actions={[
              lookAgain,
              {
                label: texts.specializations.state.otherFolder,
                icon: Folder,
                run: () => chooseAdapter('folder', to),
              },
              {
                label: texts.specializations.state.otherFile,
                icon: File,
                run: () => chooseAdapter('file', to),
              },
            ]}
          />
        </Notice>
      );
  }
}

async function locate(
  id: string,
  name: string,
  what: 'file' | 'folder',
  onChanged: () => Promise<void>,
): Promise<void> {
  const candidate = await loci.specializations.chooseAdapter({ what });
  if (!candidate) return;
  const { token, inspection } = candidate;
  if (!inspection.ok) {
    const { reason, message } = inspection.refusal;
    throw new Error(`${refusalTitle(reason)}. ${message}`);
  }
  try {
    await takeFound(id, name, token, false);
    await onChanged();
  } catch (error) {
    if (!(error instanceof LociFailure) || error.code !== 'conflict') throw error;
    showDialog((close) => (
      <OtherFound
        candidate={candidate}
        reason={error.message}
        takeIt={async () => {
          await takeFound(id, name, token, true);
          await onChanged();
        }}
        onClose={close}
      />
    ));
  }
}

async function takeFound(id: string, name: string, token: string, evenIfDifferent: boolean): Promise<void> {
  const { undoId } = await loci.specializations.locateAdapter({ id, token, evenIfDifferent });
  if (undoId !== null)
    offerUndo((texts) => texts.specializations.state.located(name), [undoId], specializationsInWords);
}

interface OtherFoundProps {
  readonly candidate: AdapterCandidate;
  readonly reason: string;
  readonly takeIt: () => Promise<void>;
  readonly onClose: () => void;
}

/** It is an adapter, but not the one that was there. */
function OtherFound({ candidate: { inspection }, reason, takeIt, onClose }: OtherFoundProps) {
  const texts = useTexts();
  const report = inspection.ok ? inspection.report : undefined;
  return (
    <Dialog title={texts.specializations.state.other} onClose={onClose}>
      {(close) => (
        <div className="adapter-state__other">
          <p className="dialog__text">
            {reason}{' '}
            {report &&
              texts.specializations.state.otherText(
                report.baseModel,
                report.rank,
                formatBytes(report.fileSizeBytes),
              )}
          </p>
          <Actions
            actions={[
              {
                label: texts.specializations.state.useAnyway,
                run: async () => {
                  await takeIt();
                  close();
                },
              },
              { label: texts.specializations.state.cancel, primary: true, run: async () => close() },
            ]}
          />
        </div>
      )}
    </Dialog>
  );
}

/** What a job has come to; nothing once it is done. */
function Progress({ id, kind, doing }: { id: string; kind: string; doing: string }) {
  const texts = useTexts();
  const job = useJobAbout(id, kind);
  if (!job) return null;
  if (isAtWork(job)) return <JobProgress job={job} doing={doing} />;
  if (job.status !== 'failed' && job.status !== 'cancelled') return null;
  const isCopy = kind === 'specializations.copy';
  return (
    <Notice
      tone={job.status === 'failed' ? 'danger' : 'quiet'}
      title={
        job.status === 'failed'
          ? texts.specializations.state.failed(doing)
          : texts.specializations.state.stopped(doing)
      }
    >
      <p>
        {inWords(
          job.error ??
            (isCopy ? texts.specializations.state.usedThere : texts.specializations.state.noChecksums),
        )}
      </p>
      <Actions actions={[{ label: texts.specializations.state.tryAgain, run: () => again(job, id) }]} />
    </Notice>
  );
}

async function again(job: Job, id: string): Promise<void> {
  const retried = await loci.jobs.retry({ id: job.id });
  followJob(retried.id, id);
}

export function JobProgress({ job, doing }: { job: Job; doing: string }) {
  const texts = useTexts();
  const share = job.total ? Math.floor((job.progress / job.total) * 100) : undefined;
  return (
    <div className="job-progress">
      <p className="job-progress__words">
        {doing}
        {share !== undefined && <span> · {formatShare(share / 100)}</span>}
        {job.total !== null && job.total > 0 && (
          <span>{texts.specializations.state.of(formatBytes(job.total))}</span>
        )}
      </p>
      <Button tone="quiet" onClick={() => void attempt(() => loci.jobs.cancel({ id: job.id }))}>
        {texts.specializations.state.stop}
      </Button>
      <DeterminateLine label={doing} done={job.progress} total={job.total ?? 1} />
    </div>
  );
}
