import { inWords } from '../../../shared/texts/told.ts';
import { useTexts } from '../../text/use-texts.ts';
import { textsNow } from '../../../shared/texts/index.ts';
import { Download } from 'lucide-react';
import { useState } from 'react';
import type { MemoryRole } from '../../../shared/schemas/specialization.ts';
import type { TrainingFormat, TrainingPreview } from '../../../shared/schemas/specialization-use.ts';
import { followJob, useJobAbout } from '../../api/adapter-jobs.ts';
import { useAsked } from '../../api/asked.ts';
import { isAtWork } from '../../api/latest-job.ts';
import { loci } from '../../api/loci.ts';
import { Actions } from '../../components/actions.tsx';
import { Notice } from '../../components/notice.tsx';
import { SelectField } from '../../components/select-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import { formatBytes } from '../../text/quantities.ts';
import { JobProgress } from './adapter-state.tsx';

interface TrainingSetProps {
  readonly id: string;
  readonly version: number;
  readonly memories: number;
}

const formats = ['instruction', 'completion', 'text'] as const satisfies readonly TrainingFormat[];

const exportKind = 'specializations.exportTraining';
/** While one writes, nobody reads what came out of half a word. */
const restMs = 250;

/** The linked memories as examples for the next training. */
export function TrainingSet({ id, version, memories }: TrainingSetProps) {
  const texts = useTexts();
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
    <section className="specialization-section" aria-label={texts.specializations.training.title}>
      <h3 className="specialization-section__title">{texts.specializations.training.title}</h3>
      <p className="specialization-section__intro">{texts.specializations.training.intro}</p>
      <div className="training">
        <div className="training__options">
          <SelectField
            label={texts.specializations.training.as}
            value={format}
            options={formats.map((each) => ({
              value: each,
              label: texts.specializations.training.formats[each],
            }))}
            onChange={(value) => setFormat(formats.find((each) => each === value) ?? 'instruction')}
          />
          <SelectField
            label={texts.specializations.training.from}
            value={roles}
            options={[
              { value: 'training', label: texts.specializations.training.toLearn },
              { value: 'both', label: texts.specializations.training.all },
            ]}
            onChange={(value) => setRoles(value === 'both' ? 'both' : 'training')}
          />
        </div>
        <div className="training__options">
          {format !== 'text' && (
            <TextField
              label={texts.specializations.training.question}
              note={texts.specializations.training.questionNote}
              value={prompt}
              onChange={setPrompt}
              maxLength={2000}
            />
          )}
          <div className="training__number">
            <TextField
              label={texts.specializations.training.apart}
              value={percent}
              onChange={setPercent}
              inputMode="numeric"
              failure={
                validationPercent === undefined ? texts.specializations.training.apartRange : undefined
              }
            />
          </div>
          <div className="training__number">
            <TextField
              label={texts.specializations.training.seed}
              value={seed}
              onChange={setSeed}
              inputMode="numeric"
              failure={seedNumber === undefined ? texts.specializations.training.aNumber : undefined}
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
              <ul className="training__lines" aria-label={texts.specializations.training.first} tabIndex={0}>
                {preview.lines.map(({ id: memoryId, part, line }) => (
                  <li className="training__line" key={memoryId}>
                    <span className="training__part">
                      {part === 'training'
                        ? texts.specializations.training.learns
                        : texts.specializations.training.keptApart}
                    </span>
                    <span className="training__text" dir="auto">
                      {line}
                    </span>
                  </li>
                ))}
              </ul>
            )}
          </>
        )}
        {job && isAtWork(job) && (
          <JobProgress job={{ ...job, total: null }} doing={texts.specializations.training.writing} />
        )}
        {job?.status === 'failed' && (
          <Notice tone="danger" title={texts.specializations.training.failed}>
            <p>{job.error !== null && inWords(job.error)}</p>
          </Notice>
        )}
        {job?.status === 'succeeded' && (
          <Notice tone="quiet" title={texts.specializations.training.written} />
        )}
        {examples > 0 && (
          <Actions
            actions={[
              {
                label: texts.specializations.training.save(examples),
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
  const texts = textsNow();
  if (examples === 0 && leftOut.length === 0) return texts.specializations.training.none;
  const untitled = leftOut.find(({ reason }) => reason === 'no-prompt')?.count ?? 0;
  if (examples === 0 && untitled > 0) return texts.specializations.training.untitled(untitled);
  const left = leftOut.map(({ reason, count }) => texts.specializations.training.reasons[reason](count));
  return [
    texts.specializations.training.examples(examples),
    validation > 0 ? texts.specializations.training.split(training, validation) : '',
    formatBytes(bytes),
    left.length > 0 ? texts.specializations.training.leftOut(left) : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}
