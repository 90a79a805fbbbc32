import type { Job } from '../../shared/schemas/job.ts';
import { openDatabase, type Database } from '../database/orm.ts';
import { withRequestContext } from '../database/request-context.ts';
import { switchableEmbedder } from '../embedding/switchable-embedder.ts';
import { builtModelDir, startTestEmbedder } from '../embedding/testing.ts';
import { JobService } from '../jobs/job-service.ts';
import { silentLog } from '../logging/log.ts';
import { EmbeddingQueue } from './embedding-queue.ts';
import { modelBuilder } from './model-builder.ts';
import { ModelService } from './model-service.ts';
import { ModelShelf } from './model-shelf.ts';
import { SearchService } from './search-service.ts';
import { SemanticIndex } from './semantic-index.ts';

export interface ModelAppOptions {
  readonly database: Pick<Database, 'orm' | 'versions'>;
  readonly userId: string;
  readonly modelsDir: string;
  /** The folder that the person chooses. */
  readonly chosen: () => string | undefined;
  readonly onJob?: (job: Job) => void;
}

/** For tests: as much of the app as it takes to change the model. */
export async function openModelApp({ database, userId, modelsDir, chosen, onJob }: ModelAppOptions) {
  const inContext = <T>(work: () => Promise<T>) => withRequestContext(database.orm, work);
  const { em } = database.orm;
  const currentUserId = () => userId;
  const log = silentLog;
  const embedder = switchableEmbedder(startTestEmbedder());
  const shelf = new ModelShelf({
    embedder,
    modelDir: builtModelDir,
    modelsDir,
    startModel: (modelDir, { isPinned }) => startTestEmbedder({ modelDir, isPinned }),
  });
  const index = new SemanticIndex({ database, log, fromPieces: 40 });
  const told = new Map<string, Job>();
  let hear: (job: Job) => void = () => undefined;
  const jobs = new JobService({
    em,
    currentUserId,
    inContext,
    runners: [modelBuilder({ database, em, shelf, index, log })],
    log,
    onChange(job) {
      told.set(job.id, job);
      hear(job);
      onJob?.(job);
    },
  });
  await inContext(() => jobs.interruptLeftBehind());
  const chooseFolder = async () => chosen();
  const models = new ModelService({ em, shelf, jobs, index, chooseFolder, inContext, log });
  await inContext(() => models.open());
  const queue = new EmbeddingQueue({ database, embedder, currentUserId, log });
  const search = new SearchService({ em, currentUserId, embedder, pending: () => 0 });
  return {
    embedder,
    jobs,
    queue,
    async close() {
      await Promise.all([jobs.close(), models.close(), queue.stop(), index.stop()]);
      await embedder.stop();
    },
    list: () => inContext(() => models.list()),
    preparations: () => inContext(() => models.preparations()),
    shipped: () => inContext(() => models.shipped()),
    choose: () => inContext(() => models.choose()),
    build: (token: string) => inContext(() => models.build(token)),
    switchTo: (id: number) => inContext(() => models.switch(id)),
    remove: (id: number) => inContext(() => models.remove(id)),
    /** Resolves when the job is told to be like that. */
    whenTold: (id: string, isIt: (job: Job) => boolean) =>
      new Promise<Job>((resolve) => {
        hear = (job) => {
          if (job.id === id && isIt(job)) resolve(job);
        };
        const known = told.get(id);
        if (known) hear(known);
      }),
    /** The title of the memory that is nearest by meaning. */
    async find(text: string) {
      const { hits } = await inContext(() => search.query({ text, caret: null, by: 'meaning' }));
      return hits[0]?.memory.title;
    },
  };
}

/** Run by itself, it prepares a model and says on its standard output how far it is, until it is killed. */
if (import.meta.main) {
  const [url = '', userId = '', modelsDir = '', folder = ''] = process.argv.slice(2);
  const app = await openModelApp({
    database: await openDatabase({ connection: { url }, log: silentLog }),
    userId,
    modelsDir,
    chosen: () => folder,
    onJob: ({ id, progress, total }) => process.stdout.write(`${JSON.stringify({ id, progress, total })}\n`),
  });
  // Only the new model has to work meanwhile.
  app.queue.pause();
  const candidate = await app.choose();
  await app.build(candidate?.token ?? '');
}
