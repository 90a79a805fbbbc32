import { FolderPlus, Undo2 } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import type { ModelCandidate } from '../../../shared/schemas/embedding-model.ts';
import { isUnfinished, type Job } from '../../../shared/schemas/job.ts';
import { reasonOf } from '../../api/failure-words.ts';
import { loci } from '../../api/loci.ts';
import { refreshModels, useBuilds, useModels } from '../../api/models.ts';
import { Button } from '../../components/button.tsx';
import { Placeholder } from '../../components/facts.tsx';
import './meaning-settings.css';
import { ModelRow } from './model-row.tsx';
import { otherModels, previousOf, saidSize, type OtherModel } from './other-models.ts';
import { withSample, type Sample } from '../../text/pace.ts';
import { PrepareModelDialog } from './prepare-model-dialog.tsx';
import { ReadingState } from './reading-state.tsx';
import { RemoveModelDialog } from './remove-model-dialog.tsx';
import { useTexts } from '../../text/use-texts.ts';
import { textsNow } from '../../../shared/texts/index.ts';

/** Where something went wrong, and how. */
interface Failure {
  readonly at: string;
  readonly words: string;
}

/** The model that memories are found with by their meaning, and the way to another one. */
export function MeaningSettings() {
  const texts = useTexts();
  const models = useModels();
  const builds = useBuilds(noteSample);
  const [failure, setFailure] = useState<Failure>();
  const [busyAt, setBusyAt] = useState<string>();
  const [candidate, setCandidate] = useState<ModelCandidate>();
  const [removing, setRemoving] = useState<OtherModel>();
  const addButton = useRef<HTMLButtonElement>(null);

  async function run(at: string, deed: () => Promise<unknown>): Promise<void> {
    if (busyAt !== undefined) return;
    setBusyAt(at);
    setFailure(undefined);
    try {
      await deed();
    } catch (error) {
      setFailure({ at, words: reasonOf(error) });
    }
    setBusyAt(undefined);
    await refreshModels().catch(() => undefined);
  }

  async function add(): Promise<void> {
    const chosen = await loci.models.choose();
    if (!chosen) return;
    if (models?.kept.some(({ inUse, revision }) => inUse && revision === chosen.revision))
      throw new Error(texts.models.alreadyInUse(chosen.name));
    setCandidate(chosen);
  }

  const inUse = models?.kept.find((model) => model.inUse);
  const previous = models && previousOf(models);
  const others = models ? otherModels(models).map(withNews) : [];
  const preparing = others.find(({ job }) => job && isUnfinished(job));
  const namesakes = [...others, ...(inUse ? [inUse] : [])].map(({ name }) => name);

  function withNews(model: OtherModel): OtherModel {
    const news = model.job && builds.get(model.job.id);
    return news ? { ...model, job: news.job } : model;
  }

  const failureAt = (at: string): string | undefined => (failure?.at === at ? failure.words : undefined);

  return (
    <div className="meaning">
      <p className="meaning__text">{texts.models.intro}</p>
      <Row name={texts.models.inUse}>
        {!models && <Placeholder width="long" />}
        {models && !inUse && <p className="meaning__text">{texts.models.noneYet}</p>}
        {inUse && (
          <>
            <p className="model__name">{inUse.name}</p>
            <p className="model__facts">{saidSize(inUse)}</p>
          </>
        )}
        {preparing && inUse && (
          <p className="meaning__text">{texts.models.stays(inUse.name, preparing.name)}</p>
        )}
        {previous && (
          <div className="meaning__deeds">
            <Button
              icon={Undo2}
              aria-disabled={busyAt === 'in use'}
              onClick={() => void run('in use', () => loci.models.switch({ id: previous.id }))}
            >
              {texts.models.goBack(previous.name)}
            </Button>
          </div>
        )}
        <Alert words={failureAt('in use') ?? models?.failure} />
      </Row>
      <Row name={texts.models.memoriesRead}>
        <ReadingState />
      </Row>
      <Row name={texts.models.others}>
        {others.length > 0 && (
          <ul className="models" aria-label={texts.models.others}>
            {others.map((model) => (
              <ModelRow
                key={model.revision}
                model={model}
                isNamesake={namesakes.filter((name) => name === model.name).length > 1}
                samples={(model.job && builds.get(model.job.id)?.noted) ?? []}
                isPrevious={previous?.revision === model.revision}
                failure={failureAt(model.revision)}
                run={(deed) => void run(model.revision, deed)}
                onSwitch={() => {
                  const { kept } = model;
                  if (kept) void run(model.revision, () => loci.models.switch({ id: kept.id }));
                }}
                onPrepare={() => setCandidate(model.offered)}
                onRemove={() => {
                  const { kept, job } = model;
                  if (kept) setRemoving(model);
                  else if (job) void run(model.revision, () => loci.jobs.forget({ ids: [job.id] }));
                }}
              />
            ))}
          </ul>
        )}
        <div className="meaning__deeds">
          <Button
            ref={addButton}
            icon={FolderPlus}
            aria-disabled={busyAt === 'add'}
            onClick={() => void run('add', add)}
          >
            {texts.models.add}
          </Button>
        </div>
        <Alert words={failureAt('add')} />
        {failureAt('add') === undefined && <p className="meaning__hint">{texts.models.layout}</p>}
      </Row>
      <output className="only-read-out">
        {preparing?.job && saidInPassing(preparing.name, preparing.job)}
      </output>
      {candidate && (
        <PrepareModelDialog
          candidate={candidate}
          inUse={inUse?.name}
          prepare={async () => {
            await loci.models.build({ token: candidate.token });
            await refreshModels().catch(() => undefined);
          }}
          onClose={() => setCandidate(undefined)}
        />
      )}
      {removing?.kept && (
        <RemoveModelDialog
          model={removing.kept}
          remove={async () => {
            if (removing.kept) await loci.models.remove({ id: removing.kept.id });
            await refreshModels().catch(() => undefined);
          }}
          onClose={() => setRemoving(undefined)}
          returnTo={() => addButton.current}
        />
      )}
    </div>
  );
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section className="meaning__row" aria-label={name}>
      <h3 className="meaning__name">{name}</h3>
      <div className="meaning__content">{children}</div>
    </section>
  );
}

function Alert({ words }: { words: string | undefined }) {
  if (words === undefined) return null;
  return (
    <p className="meaning__amiss" role="alert">
      {words}
    </p>
  );
}

function noteSample({ status, progress }: Job, before: readonly Sample[] = []): readonly Sample[] {
  return status === 'running' ? withSample(before, { atMs: performance.now(), progress }) : [];
}

/** For who listens: only every tenth, or there would be no end to it. */
function saidInPassing(name: string, { status, progress, total }: Job): string {
  const texts = textsNow();
  if (status === 'paused' || status === 'interrupted') return texts.models.notPrepared(name);
  const tenths = total === null || total === 0 ? 0 : Math.floor((progress / total) * 10);
  return texts.models.beingPrepared(name, tenths * 10);
}
