import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { EmbeddingModelDto, ModelCandidate } from '../../shared/schemas/embedding-model.ts';
import { inTransaction } from '../database/transaction.ts';
import { EmbedderUnavailableError } from '../embedding/embedder-errors.ts';
import type { Embedder } from '../embedding/embedder.ts';
import { readModelFiles } from '../embedding/model-files.ts';
import type { ModelIdentity } from '../embedding/worker-protocol.ts';
import { conflict, LociError, notFound, unavailable } from '../errors/loci-error.ts';
import type { JobService } from '../jobs/job-service.ts';
import type { Log } from '../logging/log.ts';
import { EmbeddingModelRepository, type KeptModel } from './embedding-model.repository.ts';
import { buildKind } from './model-builder.ts';
import type { ModelShelf } from './model-shelf.ts';
import type { SemanticIndex } from './semantic-index.ts';

export interface ModelServiceOptions {
  readonly em: EntityManager;
  readonly shelf: ModelShelf;
  readonly jobs: Pick<JobService, 'start'>;
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
    const { model: loaded } = shelf.embedder.status();
    this.#removeInBackground();
    if (!inUse || inUse.revision === loaded?.revision) return;
    const folder = await shelf.folderOf(inUse.revision);
    if (folder === undefined) this.#goOnWithWhatShips();
    else if (!(await shelf.isShipped(inUse.revision))) shelf.embedder.use(shelf.start(folder));
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all([this.#underWay.catch(() => undefined), this.#removing]);
  }

  async list(): Promise<EmbeddingModelDto[]> {
    const kept = await this.#models.findKept();
    return Promise.all(kept.map((model) => this.#toDto(model)));
  }

  async choose(): Promise<ModelCandidate | null> {
    const { shelf, chooseFolder } = this.#options;
    const folder = await chooseFolder();
    if (folder === undefined) return null;
    const embedder = shelf.startChosen(folder);
    try {
      const { state, model, detail } = await embedder.whenSettled();
      if (state !== 'ready' || !model)
        throw new LociError(
          'invalid_input',
          `Loci cannot use what is in this folder. ${detail ?? ''}`.trim(),
        );
      const { files } = await readModelFiles(folder, { isPinned: false });
      const token = randomUUID();
      this.#chosen.set(token, { folder, model });
      const [oldest] = this.#chosen.keys();
      if (this.#chosen.size > mostChosen && oldest !== undefined) this.#chosen.delete(oldest);
      const sizeBytes = Object.values(files).reduce((sum, { bytes }) => sum + bytes, 0);
      return { token, ...model, sizeBytes, memories: await this.#models.countMemories() };
    } finally {
      await embedder.stop();
    }
  }

  async build(token: string): Promise<{ jobId: string }> {
    const { jobs, shelf } = this.#options;
    const chosen = this.#chosen.get(token);
    if (!chosen) throw notFound('folder');
    const { folder, model } = chosen;
    if (shelf.embedder.status().model?.revision === model.revision)
      throw conflict('This is the model that is in use already.');
    if (shelf.building.has(model.revision)) throw conflict('This model is being prepared already.');
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
      if (shelf.building.has(model.revision)) throw conflict('This model is being prepared.');
      if (model.usedAt === null && model.waiting + model.failed > 0)
        throw conflict('Not all memories have been embedded by this model yet.');
      const folder = await shelf.folderOf(model.revision);
      if (folder === undefined) throw unavailable('The files of this model are not there any more.');
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
      if (model.inUse) throw conflict('This model is in use. Go back to another one first.');
      if (shelf.building.has(model.revision))
        throw conflict('This model is being prepared. Cancel that first.');
      if (!(await inTransaction(em, () => this.#models.beginRemoval(id)))) throw notFound('model');
      this.#removeInBackground();
      return this.list();
    });
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

  async #toDto({ usedAt, waiting, memories, ...model }: KeptModel): Promise<EmbeddingModelDto> {
    const { shelf } = this.#options;
    return {
      id: model.id,
      name: model.name,
      revision: model.revision,
      dimension: model.dimension,
      maxTokens: model.maxTokens,
      inUse: model.inUse,
      usedAt: usedAt?.toISOString() ?? null,
      isThere: (await shelf.folderOf(model.revision)) !== undefined,
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
