import { inWords } from '../../../shared/texts/told.ts';
import { textsNow } from '../../../shared/texts/index.ts';
import { useVirtualizer } from '@tanstack/react-virtual';
import { CircleAlert } from 'lucide-react';
import { useRef, useState } from 'react';
import { useJob } from '../../api/adapter-jobs.ts';
import { useAsked } from '../../api/asked.ts';
import { reasonOf } from '../../api/failure-words.ts';
import { isAtWork } from '../../api/latest-job.ts';
import { loci } from '../../api/loci.ts';
import { Button } from '../../components/button.tsx';
import { DeterminateLine } from '../../components/determinate-line.tsx';
import { showDialog } from '../../components/dialog-host.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Notice } from '../../components/notice.tsx';
import { ProgressLine } from '../../components/progress-line.tsx';
import { formatBytes } from '../../text/quantities.ts';
import { useTexts } from '../../text/use-texts.ts';

import { KeepingChoice } from './add-dialog.tsx';
import { addFound, type AddedFound, type Keeping } from './adding.ts';
import { refusalTitle, shortModel } from './adapter-words.ts';
import './found-dialog.css';
import { lineOfScanned, type Line } from './found-lines.ts';

export function showFoundDialog(lines: readonly Line[]): void {
  showDialog((close) => (
    <Dialog title={textsNow().specializations.found.several} onClose={close}>
      {(shut) => <FoundList lines={lines} onClose={shut} />}
    </Dialog>
  ));
}

export function showScanDialog(jobId: string): void {
  showDialog((close) => (
    <Dialog title={textsNow().specializations.found.looking} onClose={close}>
      {(shut) => <Scan jobId={jobId} onClose={shut} />}
    </Dialog>
  ));
}

const pageSize = 1000;
/** Not with each single one that is found. */
const restMs = 60;

/** What a scan finds, as it finds it. */
function Scan({ jobId, onClose }: { jobId: string; onClose: () => void }) {
  const texts = useTexts();
  const job = useJob(jobId);
  const [lines, setLines] = useState<readonly Line[]>([]);
  const isRunning = job === undefined || isAtWork(job);
  const progress = job?.progress;

  // Read on with each step that the job tells of.
  const { failure } = useAsked(
    `${jobId} ${progress} ${isRunning}`,
    () => readOn(jobId, lines, setLines),
    restMs,
  );

  return (
    <>
      {isRunning && (
        <div className="found__scan">
          <ProgressLine label={texts.specializations.found.looking} />
          <p className="found__words">{texts.specializations.found.soFar(lines.length)}</p>
          <Button onClick={() => void loci.jobs.cancel({ id: jobId }).catch(() => undefined)}>
            {texts.specializations.found.stop}
          </Button>
        </div>
      )}
      {job?.status === 'failed' && (
        <Notice tone="danger" title={inWords(job.error ?? texts.specializations.found.unreadable)} />
      )}
      {failure !== undefined && <Notice tone="danger" title={failure} />}
      {!isRunning && lines.length === 0 && (
        <p className="dialog__text found__none">{texts.specializations.found.none}</p>
      )}
      <FoundList lines={lines} onClose={onClose} isGrowing={isRunning} />
    </>
  );
}

/** What has been found since, onto what is shown. */
async function readOn(
  jobId: string,
  lines: readonly Line[],
  show: (lines: readonly Line[]) => void,
): Promise<void> {
  let known = lines;
  for (;;) {
    const { adapters, total } = await loci.specializations.scanned({
      jobId,
      after: known.length,
      limit: pageSize,
    });
    if (adapters.length === 0) return;
    known = [...known, ...adapters.map(lineOfScanned)];
    show(known);
    if (known.length >= total) return;
  }
}

interface FoundListProps {
  readonly lines: readonly Line[];
  readonly onClose: () => void;
  readonly isGrowing?: boolean;
}

const rowHeight = 52;

/** Those that can be added are chosen unless one leaves them out; for the others it says why. */
function FoundList({ lines, onClose, isGrowing = false }: FoundListProps) {
  const texts = useTexts();
  const [leftOut, setLeftOut] = useState<ReadonlySet<string>>(new Set());
  const [keep, setKeep] = useState<Keeping>('reference');
  const [jobId, setJobId] = useState<string>();
  const [outcome, setOutcome] = useState<AddedFound>();
  const [failure, setFailure] = useState<string>();
  const job = useJob(jobId ?? '');
  const scroller = useRef<HTMLDivElement>(null);
  const possible = lines.filter(({ refusal }) => refusal === null);
  const chosen = possible.filter(({ token }) => !leftOut.has(token));
  const bytes = chosen.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0);
  const refused = lines.length - possible.length;
  // oxlint-disable-next-line react/incompatible-library -- What it answers with is read in this render and given to nobody.
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
  });

  async function add(): Promise<void> {
    setFailure(undefined);
    setOutcome(undefined);
    try {
      const { id, ended } = await addFound(
        chosen.map(({ token }) => token),
        keep,
      );
      setJobId(id);
      const came = await ended;
      if (came.failed === 0 && came.problem === undefined) onClose();
      else setOutcome(came);
    } catch (error) {
      setFailure(reasonOf(error));
    }
    setJobId(undefined);
  }

  function toggle(token: string): void {
    const next = new Set(leftOut);
    if (!next.delete(token)) next.add(token);
    setLeftOut(next);
  }

  if (lines.length === 0)
    return isGrowing ? null : (
      <div className="dialog__actions">
        <Button onClick={onClose}>{texts.specializations.found.close}</Button>
      </div>
    );
  return (
    <div className="found">
      <p className="found__words">
        {possible.length === 0
          ? texts.specializations.found.nothing
          : texts.specializations.found.chosen(chosen.length, possible.length)}
        {refused > 0 && ` · ${texts.specializations.found.refused(refused)}`}
        {possible.length > 1 && (
          <button
            type="button"
            className="text-button found__all"
            onClick={() =>
              setLeftOut(chosen.length > 0 ? new Set(possible.map(({ token }) => token)) : new Set())
            }
          >
            {chosen.length > 0
              ? texts.specializations.found.chooseNone
              : texts.specializations.found.chooseAll}
          </button>
        )}
      </p>
      <div className="found__list" ref={scroller} tabIndex={-1}>
        <ul aria-label={texts.specializations.found.list} style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const line = lines[index];
            return (
              line && (
                <FoundLine
                  key={line.token}
                  line={line}
                  top={start}
                  isChosen={!leftOut.has(line.token)}
                  onToggle={() => toggle(line.token)}
                />
              )
            );
          })}
        </ul>
      </div>
      {possible.length > 0 && <KeepingChoice keep={keep} onChange={setKeep} sizeBytes={bytes} />}
      {failure !== undefined && <Notice tone="danger" title={failure} />}
      {outcome !== undefined && (
        <Notice
          tone="danger"
          title={inWords(outcome.problem ?? texts.specializations.adding.failed(outcome.failed))}
        >
          {outcome.failures.slice(0, 3).map(({ name, message }) => (
            <p key={name}>{texts.specializations.adding.failedOne(name, message)}</p>
          ))}
        </Notice>
      )}
      {jobId !== undefined && (
        <>
          <DeterminateLine
            label={texts.specializations.adding.progress}
            done={job?.progress ?? 0}
            total={job?.total ?? chosen.length}
          />
          <p className="found__words">{texts.specializations.adding.goesOn}</p>
        </>
      )}
      <div className="dialog__actions">
        {jobId === undefined ? (
          <>
            {possible.length > 0 && (
              <Button
                tone="primary"
                aria-disabled={chosen.length === 0}
                onClick={() => chosen.length > 0 && void add()}
              >
                {texts.specializations.found.add(chosen.length)}
              </Button>
            )}
            <Button onClick={onClose}>{texts.specializations.found.close}</Button>
          </>
        ) : (
          <>
            <Button onClick={() => void loci.jobs.cancel({ id: jobId }).catch(() => undefined)}>
              {texts.specializations.adding.stop}
            </Button>
            <Button onClick={onClose}>{texts.specializations.adding.goOn}</Button>
          </>
        )}
      </div>
    </div>
  );
}

interface FoundLineProps {
  readonly line: Line;
  readonly top: number;
  readonly isChosen: boolean;
  readonly onToggle: () => void;
}

function FoundLine({ line, top, isChosen, onToggle }: FoundLineProps) {
  useTexts();
  const { name, facts, sizeBytes, verdict, refusal } = line;
  const says = inWords(verdict ?? '');
  const style = { transform: `translateY(${top}px)` };
  if (refusal)
    return (
      <li className="found__line found__line--refused" style={style}>
        <CircleAlert size={16} strokeWidth={1.75} aria-hidden="true" />
        <span className="found__what">
          <bdi className="found__name">{name}</bdi>
          <span className="found__facts" title={refusal.message}>
            {refusalTitle(refusal.reason)}. {refusal.message}
          </span>
        </span>
      </li>
    );
  return (
    <li className="found__line" style={style}>
      <label className="found__label">
        <input type="checkbox" aria-label={name} checked={isChosen} onChange={onToggle} />
        <span className="found__what">
          <bdi className="found__name">{name}</bdi>
          <span className="found__facts" title={says === '' ? undefined : says}>
            {[...facts.map(shortModel), sizeBytes === null ? '' : formatBytes(sizeBytes), says]
              .filter((fact) => fact !== '')
              .join(' · ')}
          </span>
        </span>
      </label>
    </li>
  );
}
