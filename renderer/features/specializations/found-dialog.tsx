import { useVirtualizer } from '@tanstack/react-virtual';
import { CircleAlert } from 'lucide-react';
import { useRef, useState } from 'react';
import { useJob } from '../../api/adapter-jobs.ts';
import { useAsked } from '../../api/asked.ts';
import { reasonOf } from '../../api/failure-words.ts';
import { isUnderWay } from '../../api/latest-job.ts';
import { loci } from '../../api/loci.ts';
import { Button } from '../../components/button.tsx';
import { DeterminateLine } from '../../components/determinate-line.tsx';
import { showDialog } from '../../components/dialog-host.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Notice } from '../../components/notice.tsx';
import { ProgressLine } from '../../components/progress-line.tsx';
import { tell } from '../../components/toasts.tsx';
import { formatBytes, formatCount } from '../../text/quantities.ts';

import { KeepingChoice } from './add-dialog.tsx';
import { addUnderFreeName, type Keeping } from './adding.ts';
import { refusalTitle, shortModel, specializationsInWords } from './adapter-words.ts';
import './found-dialog.css';
import { lineOfScanned, nameOfFound, type Line } from './found-lines.ts';
import { moveToTrash } from './specialization-deeds.ts';

export function showFoundDialog(lines: readonly Line[]): void {
  showDialog((close) => (
    <Dialog title="Add several adapters" onClose={close}>
      {(shut) => <FoundList lines={lines} onClose={shut} />}
    </Dialog>
  ));
}

export function showScanDialog(jobId: string): void {
  showDialog((close) => (
    <Dialog title="Looking through the folder" onClose={close}>
      {(shut) => <Scan jobId={jobId} onClose={shut} />}
    </Dialog>
  ));
}

const pageSize = 1000;
/** Not with each single one that is found. */
const restMs = 60;

/** What a scan finds, as it finds it. */
function Scan({ jobId, onClose }: { jobId: string; onClose: () => void }) {
  const job = useJob(jobId);
  const [lines, setLines] = useState<readonly Line[]>([]);
  const isRunning = job === undefined || isUnderWay(job);
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
          <ProgressLine label="Looking through the folder" />
          <p className="found__words">{formatCount(lines.length)} found so far</p>
          <Button onClick={() => void loci.jobs.cancel({ id: jobId }).catch(() => undefined)}>
            Stop looking
          </Button>
        </div>
      )}
      {job?.status === 'failed' && (
        <Notice tone="danger" title={job.error ?? 'The folder could not be read'} />
      )}
      {failure !== undefined && <Notice tone="danger" title={failure} />}
      {!isRunning && lines.length === 0 && (
        <p className="dialog__text found__none">
          There is no adapter in this folder, nor in those within it. Adapters are .safetensors and .gguf
          files, or folders that PEFT saved.
        </p>
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
  const [leftOut, setLeftOut] = useState<ReadonlySet<string>>(new Set());
  const [keep, setKeep] = useState<Keeping>('reference');
  const [added, setAdded] = useState<number>();
  const [failures, setFailures] = useState<readonly string[]>([]);
  const isStopped = useRef(false);
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
    isStopped.current = false;
    setAdded(0);
    const ids: string[] = [];
    const failed: string[] = [];
    for (const { token, name } of chosen) {
      if (isStopped.current) break;
      try {
        ids.push(await addUnderFreeName(token, keep, nameOfFound(name)));
      } catch (error) {
        failed.push(`“${name}”: ${reasonOf(error)}`);
      }
      setAdded(ids.length + failed.length);
    }
    if (ids.length > 0)
      tell({
        words: `Added ${specializationsInWords(ids.length)}`,
        action: { label: 'Move them to the trash', run: () => void moveToTrash(ids) },
      });
    if (failed.length === 0) onClose();
    else setFailures(failed);
    setAdded(undefined);
  }

  function toggle(token: string): void {
    const next = new Set(leftOut);
    if (!next.delete(token)) next.add(token);
    setLeftOut(next);
  }

  if (lines.length === 0)
    return isGrowing ? null : (
      <div className="dialog__actions">
        <Button onClick={onClose}>Close</Button>
      </div>
    );
  return (
    <div className="found">
      <p className="found__words">
        {possible.length === 0
          ? 'Nothing here can be added'
          : `${formatCount(chosen.length)} of ${formatCount(possible.length)} chosen`}
        {refused > 0 && ` · ${formatCount(refused)} cannot be added`}
        {possible.length > 1 && (
          <button
            type="button"
            className="text-button found__all"
            onClick={() =>
              setLeftOut(chosen.length > 0 ? new Set(possible.map(({ token }) => token)) : new Set())
            }
          >
            {chosen.length > 0 ? 'Choose none' : 'Choose all'}
          </button>
        )}
      </p>
      <div className="found__list" ref={scroller} tabIndex={-1}>
        <ul aria-label="Adapters found" style={{ height: virtualizer.getTotalSize() }}>
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
      {failures.length > 0 && (
        <Notice tone="danger" title={`${formatCount(failures.length)} could not be added`}>
          {failures.slice(0, 3).map((words) => (
            <p key={words}>{words}</p>
          ))}
        </Notice>
      )}
      {added !== undefined && <DeterminateLine label="Added" done={added} total={chosen.length} />}
      <div className="dialog__actions">
        {added === undefined ? (
          <>
            {possible.length > 0 && (
              <Button
                tone="primary"
                aria-disabled={chosen.length === 0}
                onClick={() => chosen.length > 0 && void add()}
              >
                Add {specializationsInWords(chosen.length)}
              </Button>
            )}
            <Button onClick={onClose}>Close</Button>
          </>
        ) : (
          <Button
            onClick={() => {
              isStopped.current = true;
            }}
          >
            Stop after {formatCount(added)}
          </Button>
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
  const { name, facts, sizeBytes, verdict, refusal } = line;
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
          <span className="found__facts" title={verdict ?? undefined}>
            {[...facts.map(shortModel), sizeBytes === null ? '' : formatBytes(sizeBytes), verdict ?? '']
              .filter((fact) => fact !== '')
              .join(' · ')}
          </span>
        </span>
      </label>
    </li>
  );
}
