import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import type {
  EmbeddingModelDto,
  ModelCandidate,
  ModelPreparation,
} from '../../shared/schemas/embedding-model.ts';
import { inTransaction } from '../database/transaction.ts';
import { EmbedderUnavailableError } from '../embedding/embedder-errors.ts';
import type { Embedder } from '../embedding/embedder.ts';
import { ModelFaultError, readModelFiles, sizeOfFiles } from '../embedding/model-files.ts';
import { findFaultOfLayout } from '../embedding/model-layout.ts';
import type { ModelIdentity } from '../embedding/worker-protocol.ts';
import { conflict, LociError, notFound, unavailable } from '../errors/loci-error.ts';
import type { JobService } from '../jobs/job-service.ts';
import type { Log } from '../logging/log.ts';
import { EmbeddingModelRepository, type KeptModel, type ModelSpace } from './embedding-model.repository.ts';
import { buildKind, readBuildParameters } from './model-builder.ts';
import type { ModelShelf } from './model-shelf.ts';
import type { SemanticIndex } from './semantic-index.ts';

export interface ModelServiceOptions {
  readonly em: EntityManager;
  readonly shelf: ModelShelf;
  readonly jobs: Pick<JobService, 'start' | 'ofKind' | 'cancel' | 'forget'>;
  readonly index: Pick<SemanticIndex, 'drop'>;
  /** Asks the person; undefined when they chose none. */
  readonly chooseFolder: () => Promise<string | undefined>;
  readonly inContext: <T>(work: () => Promise<T>) => Promise<T>;
  readonly log: Log;
}

const mostChosen = 10;

/** Which model a library is searched with: another one, and back. */
export class ModelService {
  readonly #options: ModelServiceOptions;
  readonly #models: EmbeddingModelRepository;
  readonly #chosen = new Map<string, { readonly folder: string; readonly model: ModelIdentity }>();
  readonly #closing = new AbortController();
  #underWay: Promise<unknown> = Promise.resolve();
  #removing: Promise<void> = Promise.resolve();

  constructor(options: ModelServiceOptions) {
    this.#options = options;
    this.#models = new EmbeddingModelRepository(options.em);
  }

  /** To be awaited when the library is opened, before anything is embedded: it may not be the model that ships. */
  async open(): Promise<void> {
    const { shelf } = this.#options;
    const inUse = (await this.#models.findKept()).find((model) => model.inUse);
    this.#removeInBackground();
    if (!inUse || (await shelf.isShipped(inUse.revision))) return;
    const folder = await shelf.folderOf(inUse.revision);
    if (folder === undefined) this.#goOnWithWhatShips();
    // Also where the same is loaded: the library may have been moved, and its folder with it.
    else shelf.embedder.use(shelf.start(folder));
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all([this.#underWay.catch(() => undefined), this.#removing]);
  }

  async list(): Promise<EmbeddingModelDto[]> {
    const [kept, space] = [await this.#models.findKept(), await this.#models.findSpace()];
    return Promise.all(kept.map((model) => this.#toDto(model, space.get(model.id))));
  }

  /** The latest of each model, unless it has come to its end, or the model was put in use without it. */
  async preparations(): Promise<ModelPreparation[]> {
    const latest = new Map<string, ModelPreparation>();
    for (const { job, parameters } of await this.#options.jobs.ofKind(buildKind)) {
      const model = readBuildParameters(parameters)?.model;
      if (model && !latest.has(model.revision)) latest.set(model.revision, { ...model, job });
    }
    const used = (await this.#models.findKept()).filter(({ usedAt }) => usedAt !== null);
    const isOver = ({ revision, job }: ModelPreparation) =>
      job.finishedAt !== null && used.some((model) => model.revision === revision);
    return [...latest.values()].filter((each) => each.job.status !== 'succeeded' && !isOver(each));
  }

  async shipped(): Promise<ModelCandidate | null> {
    const shipped = await this.#options.shelf.findShipped();
    const kept = await this.#models.findKept();
    if (!shipped || kept.some(({ revision }) => revision === shipped.manifest.revision)) return null;
    const { folder, manifest } = shipped;
    const { name, revision, dimension, maxTokens, files } = manifest;
    return this.#offer(folder, { name, revision, dimension, maxTokens }, sizeOfFiles(files));
  }

  async choose(): Promise<ModelCandidate | null> {
    const { shelf, chooseFolder } = this.#options;
    const folder = await chooseFolder();
    if (folder === undefined) return null;
    const fault = await findFaultOfLayout(folder);
    if (fault !== undefined) throw new LociError('invalid_input', fault);
    const { files } = await readModelFiles(folder, { isPinned: false }).catch((error: unknown) => {
      throw error instanceof ModelFaultError ? unusable(error.message, error) : error;
    });
    const embedder = shelf.startChosen(folder);
    try {
      const { state, model, detail } = await embedder.whenSettled();
      if (state !== 'ready' || !model) throw unusable(detail);
      return await this.#offer(folder, model, sizeOfFiles(files));
    } finally {
      await embedder.stop();
    }
  }

  async #offer(folder: string, model: ModelIdentity, sizeBytes: number): Promise<ModelCandidate> {
    const [known] = [...this.#chosen].find(([, each]) => each.model.revision === model.revision) ?? [];
    const token = known ?? randomUUID();
    this.#chosen.set(token, { folder, model });
    const [oldest] = this.#chosen.keys();
    if (this.#chosen.size > mostChosen && oldest !== undefined) this.#chosen.delete(oldest);
    return { token, ...model, sizeBytes, memories: await this.#models.countMemories() };
  }

  async build(token: string): Promise<{ jobId: string }> {
    const { jobs, shelf } = this.#options;
    const chosen = this.#chosen.get(token);
    if (!chosen) throw notFound('folder');
    const { folder, model } = chosen;
    if (shelf.embedder.status().model?.revision === model.revision)
      throw conflict((texts) => texts.failures.model.inUseAlready);
    if (shelf.building.has(model.revision)) throw conflict((texts) => texts.failures.model.preparingAlready);
    await this.#endPreparations(model.revision);
    return jobs.start(buildKind, {
      folder,
      model: {
        name: model.name,
        revision: model.revision,
        dimension: model.dimension,
        maxTokens: model.maxTokens,
      },
    });
  }

  /** One that was in use before is back at once; what was written since gets its vectors in the background. */
  async switch(id: number): Promise<EmbeddingModelDto[]> {
    return this.#oneByOne(async () => {
      const { em, shelf } = this.#options;
      const model = await this.#find(id);
      if (model.inUse && shelf.embedder.status().model?.revision === model.revision) return this.list();
      if (shelf.building.has(model.revision)) throw conflict((texts) => texts.failures.model.preparing);
      // Those that it could not read are found by their words, and tried again.
      if (model.usedAt === null && model.waiting > 0)
        throw conflict((texts) => texts.failures.model.notAllRead);
      const folder = await shelf.folderOf(model.revision);
      if (folder === undefined) throw unavailable((texts) => texts.failures.model.filesGone);
      const embedder = await this.#load(folder);
      try {
        const isInUse = await inTransaction(em, () => this.#models.putInUse(id));
        if (!isInUse) throw notFound('model');
      } catch (error) {
        await embedder.stop();
        throw error;
      }
      shelf.embedder.use(embedder);
      return this.list();
    });
  }

  async remove(id: number): Promise<EmbeddingModelDto[]> {
    return this.#oneByOne(async () => {
      const { em, shelf } = this.#options;
      const model = await this.#find(id);
      if (model.inUse) throw conflict((texts) => texts.failures.model.inUse);
      if (shelf.building.has(model.revision)) throw conflict((texts) => texts.failures.model.cancelFirst);
      if (!(await inTransaction(em, () => this.#models.beginRemoval(id)))) throw notFound('model');
      await this.#endPreparations(model.revision);
      this.#removeInBackground();
      return this.list();
    });
  }

  /** Of those that stood still when the app was closed. */
  async #endPreparations(revision: string): Promise<void> {
    const { jobs } = this.#options;
    for (const { job, parameters } of await jobs.ofKind(buildKind)) {
      if (readBuildParameters(parameters)?.model.revision !== revision) continue;
      if (job.finishedAt === null) await jobs.cancel(job.id);
      await jobs.forget([job.id]);
    }
  }

  async #load(folder: string): Promise<Embedder> {
    const embedder = this.#options.shelf.start(folder);
    const { state, reason, detail } = await embedder.whenSettled();
    if (state === 'ready') return embedder;
    await embedder.stop();
    throw new EmbedderUnavailableError(reason ?? 'failed', detail);
  }

  async #find(id: number): Promise<KeptModel> {
    const model = (await this.#models.findKept()).find((each) => each.id === id);
    if (!model) throw notFound('model');
    return model;
  }

  /** A newer Loci may ship a newer model, whose vectors are made while words are searched. */
  #goOnWithWhatShips(): void {
    const { em, shelf, log, inContext } = this.#options;
    const goOn = async () => {
      const { model } = await shelf.embedder.whenSettled();
      if (!model || this.#closing.signal.aborted) return;
      await inContext(() =>
        inTransaction(em, async () => this.#models.putInUse(await this.#models.ensure(model))),
      );
      log.info('The model in use is not there any more; the one that ships takes its place', {
        name: model.name,
        revision: model.revision,
      });
    };
    goOn().catch((error: unknown) => log.error('The model in use could not be replaced', error));
  }

  /** Also what a removal that was interrupted has left. */
  #removeInBackground(): void {
    const { em, shelf, index, inContext, log } = this.#options;
    const removeAll = async () => {
      for (const { id, revision } of await this.#models.findGoing()) {
        await index.drop(id);
        for (let isMore = true; isMore;) {
          if (this.#closing.signal.aborted) return;
          isMore = await inTransaction(em, () => this.#models.removeSome(id));
        }
        await shelf.remove(revision);
        await inTransaction(em, () => this.#models.remove(id));
      }
    };
    this.#removing = this.#removing
      .then(() => inContext(removeAll))
      .catch((error: unknown) => {
        if (!this.#closing.signal.aborted) log.error('What a model has left was not removed', error);
      });
  }

  async #toDto(
    { usedAt, waiting, memories, ...model }: KeptModel,
    space: ModelSpace | undefined,
  ): Promise<EmbeddingModelDto> {
    const { shelf } = this.#options;
    const found = await shelf.find(model.revision);
    return {
      id: model.id,
      name: model.name,
      revision: model.revision,
      dimension: model.dimension,
      maxTokens: model.maxTokens,
      inUse: model.inUse,
      usedAt: usedAt?.toISOString() ?? null,
      isThere: found !== undefined,
      isShipped: found?.isShipped ?? false,
      filesBytes: found ? sizeOfFiles(found.manifest.files) : 0,
      libraryBytes: space?.bytes ?? 0,
      pieces: space?.pieces ?? 0,
      ready: memories - waiting - model.failed,
      pending: waiting,
      failed: model.failed,
      jobId: shelf.building.get(model.revision) ?? null,
    };
  }

  /** Two clicks are two switches, one after the other. */
  #oneByOne<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#underWay.catch(() => undefined).then(work);
    this.#underWay = done;
    return done;
  }
}

const unusable = (reason = '', cause?: unknown): LociError =>
  new LociError(
    'invalid_input',
    (texts) => (reason === '' ? texts.failures.model.unusable : texts.failures.model.unusableBecause(reason)),
    { cause },
  );
