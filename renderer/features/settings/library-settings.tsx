import { inWords } from '../../../shared/texts/told.ts';
import { FolderInput, FolderOpen, RefreshCw, ShieldCheck } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Job } from '../../../shared/schemas/job.ts';
import { libraryCheck, type LibraryCheck, type LibraryReport } from '../../../shared/schemas/library.ts';
import { reasonOf } from '../../api/failure-words.ts';
import { isAtWork, useLatestJob } from '../../api/latest-job.ts';
import { loci } from '../../api/loci.ts';
import { useSystemReport } from '../../api/system-report.ts';
import { Actions } from '../../components/actions.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Facts, Placeholder } from '../../components/facts.tsx';
import { Notice } from '../../components/notice.tsx';
import { StackedBar } from '../../components/stacked-bar.tsx';
import { openJobs } from '../jobs/jobs-shown.ts';
import { formatBytes, formatCount, formatMoment, formatShare } from '../../text/quantities.ts';
import { useTexts } from '../../text/use-texts.ts';
import { textsNow } from '../../../shared/texts/index.ts';
import './library-settings.css';

/** Where the library is, what takes up how much, whether it is whole. */
export function LibrarySettings() {
  const texts = useTexts();
  const { report } = useSystemReport();
  const { sizes, failure } = useSizes();
  return (
    <div className="library-settings">
      <Moved />
      <div className="library-settings__place">
        {report ? <code dir="ltr">{report.library.location}</code> : <Placeholder width="long" />}
        {report && <CopyButton text={report.library.location} label={texts.actions.copyLocation} />}
      </div>
      <Actions
        actions={[
          {
            label: texts.actions.showLibraryFolder,
            icon: FolderOpen,
            run: () => loci.app.openLibraryFolder(),
          },
          { label: texts.settings.library.move, icon: FolderInput, run: move },
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
  const texts = useTexts();
  if (!outcome) return null;
  return outcome.failure === undefined ? (
    <Notice tone="quiet" title={texts.settings.library.moved}>
      <p>{texts.settings.library.movedText}</p>
    </Notice>
  ) : (
    <Notice tone="danger" title={texts.settings.library.notMoved}>
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

const counted: readonly (keyof LibraryReport['counts'])[] = [
  'memories',
  'versions',
  'tags',
  'sessions',
  'documents',
  'specializations',
];

function Counts({ counts }: { counts: LibraryReport['counts'] | undefined }) {
  const texts = useTexts();
  return (
    <Facts
      facts={counted.map((key) => ({
        name: texts.settings.library.counts[key],
        value: counts && formatCount(counts[key]),
      }))}
    />
  );
}

function Sizes({ parts }: { parts: LibraryReport['parts'] | undefined }) {
  const texts = useTexts();
  const [pointedAt, setPointedAt] = useState<string>();
  const total = parts?.reduce((sum, { bytes }) => sum + bytes, 0) ?? 0;
  return (
    <section aria-label={texts.settings.library.sizeByPart}>
      <StackedBar
        parts={parts?.map(({ part, bytes }) => ({ key: part, share: bytes / Math.max(1, total) })) ?? []}
        pointedAt={pointedAt}
        onPoint={setPointedAt}
      />
      <table className="library-settings__sizes">
        <thead className="only-read-out">
          <tr>
            <th scope="col">{texts.settings.library.part}</th>
            <th scope="col">{texts.settings.library.size}</th>
            <th scope="col">{texts.settings.library.share}</th>
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
                <span className={`swatch tint-${at}`} aria-hidden="true" />{' '}
                {texts.settings.library.sizes[part]}
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
  const texts = useTexts();
  const { job, failure, start } = useLatestJob(checkKind, () => loci.library.check());
  const isChecking = isAtWork(job);
  return (
    <section className="library-settings__deed" aria-label={texts.settings.library.check}>
      <p className="library-settings__text">{texts.settings.library.checkText}</p>
      <Actions
        actions={[
          isChecking
            ? { label: texts.settings.library.howFar, run: async () => openJobs() }
            : { label: texts.settings.library.checkNow, icon: ShieldCheck, run: start },
        ]}
      />
      {job && !isChecking && <CheckOutcome job={job} />}
      {failure !== undefined && <p role="alert">{failure}</p>}
    </section>
  );
}

function CheckOutcome({ job }: { job: Job }) {
  const found = libraryCheck.safeParse(job.result).data;
  const texts = useTexts();
  if (job.status !== 'succeeded' || !found) return null;
  const when = formatMoment(job.finishedAt ?? job.createdAt);
  return found.findings.length === 0 ? (
    <output className="library-settings__outcome">{texts.settings.library.whole(found.rows, when)}</output>
  ) : (
    <Notice tone="danger" title={texts.settings.library.amiss(when)}>
      <ul>
        {found.findings.map((finding) => (
          <li key={`${finding.finding} ${finding.what}`}>{saidFinding(finding)}</li>
        ))}
      </ul>
    </Notice>
  );
}

function saidFinding({ finding, count, what }: LibraryCheck['findings'][number]): string {
  const texts = textsNow();
  const where = what ?? texts.settings.library.unknown;
  switch (finding) {
    case 'unreadable':
      return texts.settings.library.unreadable(where);
    case 'altered':
      return texts.settings.library.altered(count);
    case 'withoutWords':
      return texts.settings.library.withoutWords(count);
    case 'invalidIndex':
      return texts.settings.library.invalidIndex(where);
  }
}

function Rebuild() {
  const texts = useTexts();
  const { job, failure, start } = useLatestJob(rebuildKind, () => loci.library.rebuild());
  const isGoing = isAtWork(job);
  return (
    <section className="library-settings__deed" aria-label={texts.settings.library.indexes}>
      <p className="library-settings__text">{texts.settings.library.indexesText}</p>
      <Actions
        actions={[
          isGoing
            ? { label: texts.settings.library.howFar, run: async () => openJobs() }
            : { label: texts.settings.library.rebuild, icon: RefreshCw, run: start },
        ]}
      />
      {job?.status === 'succeeded' && job.finishedAt !== null && (
        <output className="library-settings__outcome">
          {texts.settings.library.rebuilt(formatMoment(job.finishedAt))}
        </output>
      )}
      {(failure !== undefined || job?.status === 'failed') && (
        <p role="alert">{failure ?? inWords(job?.error ?? texts.settings.library.notRebuilt)}</p>
      )}
    </section>
  );
}
