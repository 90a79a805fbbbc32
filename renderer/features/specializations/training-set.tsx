import { Download } from 'lucide-react';
import { useState } from 'react';
import type { MemoryRole } from '../../../shared/schemas/specialization.ts';
import type {
  LeavingReason,
  TrainingFormat,
  TrainingPreview,
} from '../../../shared/schemas/specialization-use.ts';
import { followJob, useJobAbout } from '../../api/adapter-jobs.ts';
import { useAsked } from '../../api/asked.ts';
import { isUnderWay } from '../../api/latest-job.ts';
import { loci } from '../../api/loci.ts';
import { Actions } from '../../components/actions.tsx';
import { Notice } from '../../components/notice.tsx';
import { SelectField } from '../../components/select-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import { formatBytes, formatCount } from '../../text/quantities.ts';
import { JobProgress } from './adapter-state.tsx';

interface TrainingSetProps {
  readonly id: string;
  readonly version: number;
  readonly memories: number;
}

const formats: readonly { readonly value: TrainingFormat; readonly label: string }[] = [
  { value: 'instruction', label: 'Question and answer' },
  { value: 'completion', label: 'Beginning and rest' },
  { value: 'text', label: 'Plain text' },
];

const leftOutWords: Readonly<Record<LeavingReason, string>> = {
  'same-text': 'say the same as another',
  'no-prompt': 'have no title to ask for',
  empty: 'have no text',
};

const exportKind = 'specializations.exportTraining';
/** While one writes, nobody reads what came out of half a word. */
const restMs = 250;

/** The linked memories as examples for the next training. */
export function TrainingSet({ id, version, memories }: TrainingSetProps) {
  const [format, setFormat] = useState<TrainingFormat>('instruction');
  const [prompt, setPrompt] = useState('{title}');
  const [roles, setRoles] = useState<'training' | 'both'>('training');
  const [percent, setPercent] = useState('10');
  const [seed, setSeed] = useState('1');
  const job = useJobAbout(id, exportKind);

  const validationPercent = wholeNumber(percent, 50);
  const seedNumber = wholeNumber(seed, 2 ** 31 - 1);
  const wanted: readonly MemoryRole[] = roles === 'both' ? ['training', 'reference'] : ['training'];
  const options = {
    id,
    format,
    prompt,
    roles: [...wanted],
    validationPercent: validationPercent ?? 0,
    seed: seedNumber ?? 1,
  };
  const isSound = validationPercent !== undefined && seedNumber !== undefined;
  const { answer: preview, failure } = useAsked(
    isSound ? JSON.stringify([options, version, memories]) : undefined,
    () => loci.specializations.trainingPreview(options),
    restMs,
  );

  async function save(): Promise<void> {
    const started = await loci.specializations.exportTraining(options);
    if (started) followJob(started.jobId, id);
  }

  const examples = preview?.examples ?? 0;
  return (
    <section className="specialization-section" aria-label="Training set">
      <h3 className="specialization-section__title">Training set</h3>
      <p className="specialization-section__intro">
        Its memories as lines of JSON, as trainers read them. Those that say the same are left out.
      </p>
      <div className="training">
        <div className="training__options">
          <SelectField
            label="As"
            value={format}
            options={formats}
            onChange={(value) =>
              setFormat(formats.find((each) => each.value === value)?.value ?? 'instruction')
            }
          />
          <SelectField
            label="From"
            value={roles}
            options={[
              { value: 'training', label: 'memories to learn from' },
              { value: 'both', label: 'all linked memories' },
            ]}
            onChange={(value) => setRoles(value === 'both' ? 'both' : 'training')}
          />
        </div>
        <div className="training__options">
          {format !== 'text' && (
            <TextField
              label="Question"
              note="{title} is the title of the memory"
              value={prompt}
              onChange={setPrompt}
              maxLength={2000}
            />
          )}
          <div className="training__number">
            <TextField
              label="Kept apart, %"
              value={percent}
              onChange={setPercent}
              inputMode="numeric"
              failure={validationPercent === undefined ? '0 to 50' : undefined}
            />
          </div>
          <div className="training__number">
            <TextField
              label="Seed"
              value={seed}
              onChange={setSeed}
              inputMode="numeric"
              failure={seedNumber === undefined ? 'A number' : undefined}
            />
          </div>
        </div>
        {failure !== undefined && <Notice tone="danger" title={failure} />}
        {preview && (
          <>
            <p className="training__words" role="status">
              {previewInWords(preview)}
            </p>
            {preview.lines.length > 0 && (
              // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- What does not fit is scrolled by keys.
              <ul className="training__lines" aria-label="The first examples" tabIndex={0}>
                {preview.lines.map(({ id: memoryId, part, line }) => (
                  <li className="training__line" key={memoryId}>
                    <span className="training__part">{part === 'training' ? 'to learn' : 'kept apart'}</span>
                    <span className="training__text" dir="auto">
                      {line}
                    </span>
                  </li>
                ))}
              </ul>
            )}
          </>
        )}
        {job && isUnderWay(job) && (
          <JobProgress job={{ ...job, total: null }} doing="Writing the training set" />
        )}
        {job?.status === 'failed' && (
          <Notice tone="danger" title="The training set could not be written">
            <p>{job.error}</p>
          </Notice>
        )}
        {job?.status === 'succeeded' && <Notice tone="quiet" title="The training set is written" />}
        {examples > 0 && (
          <Actions
            actions={[
              {
                label: `Export ${examples === 1 ? '1 example' : `${formatCount(examples)} examples`}…`,
                icon: Download,
                run: save,
              },
            ]}
          />
        )}
      </div>
    </section>
  );
}

function wholeNumber(text: string, most: number): number | undefined {
  if (!/^\s*\d{1,10}\s*$/.test(text)) return undefined;
  const number = Number(text);
  return number <= most ? number : undefined;
}

function previewInWords({ examples, training, validation, bytes, leftOut }: TrainingPreview): string {
  if (examples === 0 && leftOut.length === 0)
    return 'There are no examples yet: link memories for it to learn from.';
  const parts =
    validation > 0 ? `${formatCount(training)} to learn and ${formatCount(validation)} kept apart` : '';
  const untitled = leftOut.find(({ reason }) => reason === 'no-prompt')?.count ?? 0;
  if (examples === 0 && untitled > 0)
    return `No examples: ${untitled === 1 ? 'the memory has' : 'the memories have'} no title to ask for. Take plain text, or a question without {title}.`;
  const left = leftOut.map(({ reason, count }) => `${formatCount(count)} ${leftOutWords[reason]}`);
  return [
    examples === 1 ? '1 example' : `${formatCount(examples)} examples`,
    parts,
    formatBytes(bytes),
    left.length > 0 ? `left out: ${left.join(', ')}` : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}
