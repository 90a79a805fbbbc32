import { FolderInput, FolderOpen, RefreshCw, ShieldCheck } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Job } from '../../../shared/schemas/job.ts';
import {
  libraryCheck,
  type LibraryCheck,
  type LibraryPart,
  type LibraryReport,
} from '../../../shared/schemas/library.ts';
import { reasonOf } from '../../api/failure-words.ts';
import { isUnderWay, useLatestJob } from '../../api/latest-job.ts';
import { loci } from '../../api/loci.ts';
import { useSystemReport } from '../../api/system-report.ts';
import { Actions } from '../../components/actions.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Facts, Placeholder } from '../../components/facts.tsx';
import { Notice } from '../../components/notice.tsx';
import { StackedBar } from '../../components/stacked-bar.tsx';
import { openJobs } from '../jobs/jobs-shown.ts';
import { formatBytes, formatCount, formatMoment, formatShare } from '../../text/quantities.ts';
import './library-settings.css';

/** Where the library is, what takes up how much, whether it is whole. */
export function LibrarySettings() {
  const { report } = useSystemReport();
  const { sizes, failure } = useSizes();
  return (
    <div className="library-settings">
      <Moved />
      <div className="library-settings__place">
        {report ? <code dir="ltr">{report.library.location}</code> : <Placeholder width="long" />}
        {report && <CopyButton text={report.library.location} label="Copy location" />}
      </div>
      <Actions
        actions={[
          { label: 'Show library folder', icon: FolderOpen, run: () => loci.app.openLibraryFolder() },
          { label: 'Move to another folder…', icon: FolderInput, run: move },
        ]}
      />
      {failure !== undefined && <p role="alert">{failure}</p>}
      <Counts counts={sizes?.counts} />
      <Sizes parts={sizes?.parts} />
      <Check />
      <Rebuild />
    </div>
  );
}

/** Kept beside the page, which is not there while the library is moved. */
let outcome: { readonly location?: string; readonly failure?: string } | undefined;

async function move(): Promise<void> {
  outcome = undefined;
  try {
    const moved = await loci.app.moveLibrary();
    if (moved) outcome = moved;
  } catch (error) {
    outcome = { failure: reasonOf(error) };
  }
  for (const tell of outcomeWatchers) tell();
}

const outcomeWatchers = new Set<() => void>();

function Moved() {
  const [, redraw] = useState(0);
  useEffect(() => {
    const tell = () => redraw((count) => count + 1);
    outcomeWatchers.add(tell);
    return () => {
      outcomeWatchers.delete(tell);
    };
  }, []);
  if (!outcome) return null;
  return outcome.failure === undefined ? (
    <Notice tone="quiet" title="The library was moved">
      <p>It was copied, compared and opened at its new place, and removed at the old one.</p>
    </Notice>
  ) : (
    <Notice tone="danger" title="The library was not moved">
      <p>{outcome.failure}</p>
    </Notice>
  );
}

function useSizes() {
  const [sizes, setSizes] = useState<LibraryReport>();
  const [failure, setFailure] = useState<string>();
  useEffect(() => {
    let isGone = false;
    loci.library.report().then(
      (report) => isGone || setSizes(report),
      (error: unknown) => isGone || setFailure(reasonOf(error)),
    );
    return () => {
      isGone = true;
    };
  }, []);
  return { sizes, failure };
}

const countNames: readonly (readonly [keyof LibraryReport['counts'], string])[] = [
  ['memories', 'Memories'],
  ['versions', 'Earlier versions'],
  ['tags', 'Tags'],
  ['sessions', 'Sessions'],
  ['documents', 'Documents'],
  ['specializations', 'Specializations'],
];

function Counts({ counts }: { counts: LibraryReport['counts'] | undefined }) {
  return (
    <Facts facts={countNames.map(([key, name]) => ({ name, value: counts && formatCount(counts[key]) }))} />
  );
}

const partNames: Readonly<Record<LibraryPart, string>> = {
  memories: 'Memories, tags, sessions',
  history: 'Earlier versions',
  words: 'To find them by words',
  meaning: 'To find them by meaning',
  lookAlikes: 'Look-alikes',
  changes: 'History of changes',
  other: 'People, settings, jobs',
  outside: 'The database itself',
};

function Sizes({ parts }: { parts: LibraryReport['parts'] | undefined }) {
  const [pointedAt, setPointedAt] = useState<string>();
  const total = parts?.reduce((sum, { bytes }) => sum + bytes, 0) ?? 0;
  return (
    <section aria-label="Size by part">
      <StackedBar
        parts={parts?.map(({ part, bytes }) => ({ key: part, share: bytes / Math.max(1, total) })) ?? []}
        pointedAt={pointedAt}
        onPoint={setPointedAt}
      />
      <table className="library-settings__sizes">
        <thead className="only-read-out">
          <tr>
            <th scope="col">Part</th>
            <th scope="col">Size</th>
            <th scope="col">Share</th>
          </tr>
        </thead>
        <tbody>
          {parts?.map(({ part, bytes }, at) => (
            <tr
              key={part}
              data-pointed={part === pointedAt || undefined}
              onPointerEnter={() => setPointedAt(part)}
              onPointerLeave={() => setPointedAt(undefined)}
            >
              <th scope="row">
                <span className={`swatch tint-${at}`} aria-hidden="true" /> {partNames[part]}
              </th>
              <td>{formatBytes(bytes)}</td>
              <td>{formatShare(bytes / Math.max(1, total))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const checkKind = 'library.check';
const rebuildKind = 'library.rebuild';

function Check() {
  const { job, failure, start } = useLatestJob(checkKind, () => loci.library.check());
  const isChecking = isUnderWay(job);
  return (
    <section className="library-settings__deed" aria-label="Check">
      <p className="library-settings__text">
        Reads everything once and compares it with its checksums. Nothing is changed.
      </p>
      <Actions
        actions={[
          isChecking
            ? { label: 'Show how far it is', run: async () => openJobs() }
            : { label: 'Check the library', icon: ShieldCheck, run: start },
        ]}
      />
      {job && !isChecking && <CheckOutcome job={job} />}
      {failure !== undefined && <p role="alert">{failure}</p>}
    </section>
  );
}

function CheckOutcome({ job }: { job: Job }) {
  const found = libraryCheck.safeParse(job.result).data;
  if (job.status !== 'succeeded' || !found) return null;
  const when = job.finishedAt === null ? '' : ` on ${formatMoment(job.finishedAt)}`;
  return found.findings.length === 0 ? (
    <output className="library-settings__outcome">
      Everything is whole: {formatCount(found.rows)} rows were read{when}.
    </output>
  ) : (
    <Notice tone="danger" title={`Something is amiss in your library${when === '' ? '' : `, found${when}`}`}>
      <ul>
        {found.findings.map((finding) => (
          <li key={`${finding.finding} ${finding.what}`}>{saidFinding(finding)}</li>
        ))}
      </ul>
    </Notice>
  );
}

function saidFinding({ finding, count, what }: LibraryCheck['findings'][number]): string {
  const memories = count === 1 ? '1 memory' : `${formatCount(count)} memories`;
  switch (finding) {
    case 'unreadable':
      return `A part of the disk cannot be read (${what ?? 'unknown'}). Copy the library folder to another disk while you can; the log says more.`;
    case 'altered':
      return `${memories} changed outside of Loci. Look at their history.`;
    case 'withoutWords':
      return `${memories} cannot be found by words. Make the indexes anew.`;
    case 'invalidIndex':
      return `An index is not finished (${what ?? 'unknown'}). Make the indexes anew.`;
  }
}

function Rebuild() {
  const { job, failure, start } = useLatestJob(rebuildKind, () => loci.library.rebuild());
  const isGoing = isUnderWay(job);
  return (
    <section className="library-settings__deed" aria-label="Indexes">
      <p className="library-settings__text">
        What search looks things up in is worked out of your memories, and can be made anew from them at any
        time.
      </p>
      <Actions
        actions={[
          isGoing
            ? { label: 'Show how far it is', run: async () => openJobs() }
            : { label: 'Make the indexes anew', icon: RefreshCw, run: start },
        ]}
      />
      {job?.status === 'succeeded' && job.finishedAt !== null && (
        <output className="library-settings__outcome">Made anew on {formatMoment(job.finishedAt)}.</output>
      )}
      {(failure !== undefined || job?.status === 'failed') && (
        <p role="alert">{failure ?? job?.error ?? 'They could not be made anew. The log says more.'}</p>
      )}
    </section>
  );
}
