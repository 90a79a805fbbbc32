import { ScanSearch } from 'lucide-react';
import type { AdapterReport, InspectedAdapter, WeightsCheck } from '../../../shared/schemas/adapter.ts';
import { followJob, useJobAbout } from '../../api/adapter-jobs.ts';
import { isUnderWay } from '../../api/latest-job.ts';
import { loci } from '../../api/loci.ts';
import { Actions } from '../../components/actions.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Notice } from '../../components/notice.tsx';
import { formatBytes, formatCount } from '../../text/quantities.ts';
import './adapter-integrity.css';
import { JobProgress } from './adapter-state.tsx';
import { listed } from './adapter-words.ts';

interface AdapterIntegrityProps {
  readonly inspected: InspectedAdapter;
  readonly report: AdapterReport;
}

const checkKind = 'specializations.checkWeights';

/** By what it is known again, and whether its numbers are sound. */
export function AdapterIntegrity({ inspected: { specialization, isCopy }, report }: AdapterIntegrityProps) {
  const { id, sha256, tensorHash, status } = specialization;
  const job = useJobAbout(id, checkKind);
  const isRunning = isUnderWay(job);
  const result = job?.status === 'succeeded' ? checkIn(job.result) : undefined;

  async function check(): Promise<void> {
    const { jobId } = await loci.specializations.checkWeights({ id });
    followJob(jobId, id);
  }

  return (
    <section className="specialization-section" aria-label="Integrity">
      <h3 className="specialization-section__title">Integrity</h3>
      <dl className="integrity">
        <Hash
          name="File"
          about={report.files > 1 ? 'SHA-256 of its files together' : 'SHA-256 of its file'}
          value={sha256}
        />
        <Hash
          name="Weights"
          about="The same for the same weights, whatever the file is called and says of itself"
          value={tensorHash}
        />
      </dl>
      <p className="specialization-section__intro">
        {isCopy ? 'The library has a copy of its own.' : 'It is used where it lies.'}
      </p>
      {job && isRunning && <JobProgress job={job} doing="Looking at every number" />}
      {job?.status === 'failed' && (
        <Notice tone="danger" title="The weights could not be checked">
          <p>{job.error}</p>
        </Notice>
      )}
      {result && <CheckResult result={result} />}
      {!isRunning && status === 'ready' && (
        <Actions
          actions={[
            {
              label: result
                ? 'Check the weights again'
                : `Check the weights (${formatBytes(report.fileSizeBytes)})`,
              icon: ScanSearch,
              run: check,
            },
          ]}
        />
      )}
    </section>
  );
}

/** The schema would bring all of zod into the page. */
function checkIn(result: unknown): WeightsCheck | undefined {
  const isOne =
    typeof result === 'object' &&
    result !== null &&
    'notFiniteTensors' in result &&
    'untrainedModules' in result;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Main has written it, as its type says.
  return isOne ? (result as WeightsCheck) : undefined;
}

function Hash({ name, about, value }: { name: string; about: string; value: string | null }) {
  return (
    <div className="integrity__row">
      <dt className="integrity__name" title={about}>
        {name}
      </dt>
      <dd className="integrity__value">
        {value === null ? (
          <span className="integrity__unknown">Not known yet</span>
        ) : (
          <>
            <code className="integrity__hash" title={value}>
              {value}
            </code>
            <CopyButton text={value} label="Copy" />
          </>
        )}
      </dd>
    </div>
  );
}

function CheckResult({ result }: { result: WeightsCheck }) {
  const { tensors, notFinite, notFiniteTensors, zero, zeroTensors, untrainedModules, unreadTensors } = result;
  const isSound = notFiniteTensors === 0 && zeroTensors === 0 && untrainedModules === 0;
  const unread = unreadTensors > 0 && (
    <p>{tensorsInWords(unreadTensors)} of a kind of number that Loci cannot look into.</p>
  );
  if (isSound)
    return (
      <Notice tone="quiet" title={`All ${formatCount(tensors)} tensors are sound`}>
        <p>Each of their numbers is one, and none of them is empty.</p>
        {unread}
      </Notice>
    );
  return (
    <Notice
      tone={notFiniteTensors > 0 ? 'danger' : 'quiet'}
      title={notFiniteTensors > 0 ? 'This adapter is damaged' : 'Parts of this adapter do nothing'}
    >
      {notFiniteTensors > 0 && (
        <p>
          {tensorsInWords(notFiniteTensors)} with numbers that are none, or infinite: {some(notFinite)}. A
          model that uses it will answer nonsense.
        </p>
      )}
      {zeroTensors > 0 && (
        <p>
          {tensorsInWords(zeroTensors)} full of zeros: {some(zero)}.
        </p>
      )}
      {untrainedModules > 0 && (
        <p>
          {untrainedModules === 1 ? 'One module changes' : `${formatCount(untrainedModules)} modules change`}{' '}
          nothing, as before any training.
        </p>
      )}
      {unread}
    </Notice>
  );
}

const tensorsInWords = (count: number): string =>
  count === 1 ? 'One tensor' : `${formatCount(count)} tensors`;

const some = (names: readonly string[]): string =>
  names.length <= 3 ? listed(names) : `${names.slice(0, 3).join(', ')} and others`;
