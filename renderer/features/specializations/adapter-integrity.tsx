import { inWords } from '../../../shared/texts/told.ts';
import { useTexts } from '../../text/use-texts.ts';
import { textsNow } from '../../../shared/texts/index.ts';
import { ScanSearch } from 'lucide-react';
import type { AdapterReport, InspectedAdapter, WeightsCheck } from '../../../shared/schemas/adapter.ts';
import { followJob, useJobAbout } from '../../api/adapter-jobs.ts';
import { isAtWork } from '../../api/latest-job.ts';
import { loci } from '../../api/loci.ts';
import { Actions } from '../../components/actions.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Notice } from '../../components/notice.tsx';
import { formatBytes } from '../../text/quantities.ts';
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
  const texts = useTexts();
  const { id, sha256, tensorHash, status } = specialization;
  const job = useJobAbout(id, checkKind);
  const isRunning = isAtWork(job);
  const result = job?.status === 'succeeded' ? checkIn(job.result) : undefined;

  async function check(): Promise<void> {
    const { jobId } = await loci.specializations.checkWeights({ id });
    followJob(jobId, id);
  }

  return (
    <section className="specialization-section" aria-label={texts.specializations.integrity.title}>
      <h3 className="specialization-section__title">{texts.specializations.integrity.title}</h3>
      <dl className="integrity">
        <Hash
          name={texts.specializations.integrity.file}
          about={
            report.files > 1
              ? texts.specializations.integrity.filesAbout
              : texts.specializations.integrity.fileAbout
          }
          value={sha256}
        />
        <Hash
          name={texts.specializations.integrity.weights}
          about={texts.specializations.integrity.weightsAbout}
          value={tensorHash}
        />
      </dl>
      <p className="specialization-section__intro">
        {isCopy ? texts.specializations.integrity.copied : texts.specializations.integrity.referred}
      </p>
      {job && isRunning && <JobProgress job={job} doing={texts.specializations.integrity.looking} />}
      {job?.status === 'failed' && (
        <Notice tone="danger" title={texts.specializations.integrity.failed}>
          <p>{job.error !== null && inWords(job.error)}</p>
        </Notice>
      )}
      {result && <CheckResult result={result} />}
      {!isRunning && status === 'ready' && (
        <Actions
          actions={[
            {
              label: result
                ? texts.specializations.integrity.again
                : texts.specializations.integrity.check(formatBytes(report.fileSizeBytes)),
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
  const texts = useTexts();
  return (
    <div className="integrity__row">
      <dt className="integrity__name" title={about}>
        {name}
      </dt>
      <dd className="integrity__value">
        {value === null ? (
          <span className="integrity__unknown">{texts.specializations.integrity.unknown}</span>
        ) : (
          <>
            <code className="integrity__hash" title={value}>
              {value}
            </code>
            <CopyButton text={value} label={texts.specializations.integrity.copy} />
          </>
        )}
      </dd>
    </div>
  );
}

function CheckResult({ result }: { result: WeightsCheck }) {
  const texts = useTexts();
  const { tensors, notFinite, notFiniteTensors, zero, zeroTensors, untrainedModules, unreadTensors } = result;
  const isSound = notFiniteTensors === 0 && zeroTensors === 0 && untrainedModules === 0;
  const unread = unreadTensors > 0 && (
    <p>{texts.specializations.integrity.unread(tensorsInWords(unreadTensors))}</p>
  );
  if (isSound)
    return (
      <Notice tone="quiet" title={texts.specializations.integrity.sound(tensors)}>
        <p>{texts.specializations.integrity.soundText}</p>
        {unread}
      </Notice>
    );
  return (
    <Notice
      tone={notFiniteTensors > 0 ? 'danger' : 'quiet'}
      title={
        notFiniteTensors > 0 ? texts.specializations.integrity.damaged : texts.specializations.integrity.idle
      }
    >
      {notFiniteTensors > 0 && (
        <p>{texts.specializations.integrity.notFinite(tensorsInWords(notFiniteTensors), some(notFinite))}</p>
      )}
      {zeroTensors > 0 && (
        <p>{texts.specializations.integrity.zeros(tensorsInWords(zeroTensors), some(zero))}</p>
      )}
      {untrainedModules > 0 && <p>{texts.specializations.integrity.untrained(untrainedModules)}</p>}
      {unread}
    </Notice>
  );
}

const tensorsInWords = (count: number): string => textsNow().specializations.integrity.tensors(count);

const some = (names: readonly string[]): string =>
  names.length <= 3 ? listed(names) : textsNow().specializations.integrity.andOthers(names.slice(0, 3));
