import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import { withRequestContext } from '../database/request-context.ts';
import { type Embedder, startEmbedder } from '../embedding/embedder.ts';
import { JobService } from '../jobs/job-service.ts';
import { silentLog } from '../logging/log.ts';
import { SearchService } from '../search/search-service.ts';
import type { TestLibrary } from '../users/testing.ts';
import { adapterJobs, adapterKinds } from './adapter-jobs.ts';
import { AdapterRecords } from './adapter-records.ts';
import { AdapterScans } from './adapter-scans.ts';
import { AdapterService } from './adapter-service.ts';
import { FoundAdapters } from './found-adapters.ts';
import { RecipeService } from './recipe-service.ts';
import type { SaveQuestion } from './save-question.ts';
import { SpecializationAdvice } from './specialization-advice.ts';
import { specializationHandlers } from './specialization-handlers.ts';
import { SpecializationKeeper } from './specialization-keeper.ts';
import { SpecializationLists } from './specialization-lists.ts';
import { SpecializationMemories } from './specialization-memories.ts';
import { SpecializationSearch } from './specialization-search.ts';
import { SpecializationService } from './specialization-service.ts';
import { SpecializationTrash } from './specialization-trash.ts';
import { TrainingExport, trainingExporter } from './training-export.ts';

export interface AdapterApp {
  readonly adapters: AdapterService;
  readonly jobs: JobService;
  /** Everything: adapters to be added, and in `adapters` the copies of the library. */
  readonly folder: string;
  /** What the person chooses in the next dialog. */
  choose(place: string | undefined): void;
  drop(token: string, place: string): void;
}

export interface SpecializationApp extends AdapterApp {
  /** As the page asks it. */
  readonly specializations: ReturnType<typeof specializationHandlers>;
  /** Works only when it is told to. */
  readonly keeper: SpecializationKeeper;
  /** Where the person saves what is saved next, and what they were asked last. */
  saveTo(place: string | undefined): void;
  asked(): SaveQuestion | undefined;
}

/** One that never comes: everything works by words until there is a model. */
function noModel(): Embedder {
  return startEmbedder({
    host: () => {
      throw new Error('No model was asked for');
    },
    modelDir: '',
    log: silentLog,
    startWhen: new Promise(() => undefined),
  });
}

/** All that can be asked about specializations, with folders of its own that are gone when the file is done. */
export function openSpecializations(library: TestLibrary, embedder: Embedder = noModel()): SpecializationApp {
  const { newEm, currentUserId, audit, undo, database } = library;
  const app = openAdapterApp(library);
  const parts = { em: newEm(), currentUserId, audit, undo };
  let saving: string | undefined;
  let asked: SaveQuestion | undefined;
  const choose = async (question: SaveQuestion) => {
    asked = question;
    return saving;
  };
  const found = new SearchService({ ...parts, embedder, pending: () => 0 });
  const search = new SpecializationSearch({ ...parts, embedder });
  const records = new AdapterRecords(parts);
  const keeper = new SpecializationKeeper({
    em: parts.em,
    embedder,
    inContext: (work) => withRequestContext(database.orm, work),
    log: silentLog,
  });
  afterAll(() => keeper.stop());
  const specializations = specializationHandlers({
    specializations: new SpecializationService(parts),
    lists: new SpecializationLists({ ...parts, records }),
    trash: new SpecializationTrash(parts),
    memories: new SpecializationMemories({ ...parts, find: (text) => found.findAll(text) }),
    adapters: app.adapters,
    search,
    advice: new SpecializationAdvice({ ...parts, embedder, search }),
    recipes: new RecipeService({ ...parts, records, adaptersDir: path.join(app.folder, 'adapters'), choose }),
    training: new TrainingExport({ ...parts, jobs: app.jobs, choose }),
  });
  return {
    ...app,
    specializations,
    keeper,
    saveTo: (place) => void (saving = place),
    asked: () => asked,
  };
}

export function openAdapterApp(library: TestLibrary): AdapterApp {
  const { audit, currentUserId, newEm, database } = library;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'loci-specializations-'));
  const adaptersDir = path.join(folder, 'adapters');
  const baseModelsDir = path.join(folder, 'base-models');
  const records = new AdapterRecords({ em: newEm(), audit });
  const scans = new AdapterScans();
  const found = new FoundAdapters({
    em: newEm(),
    audit,
    undo: library.undo,
    records,
    scans,
    adaptersDir,
    baseModelsDir,
    hashLater: () => jobs.start(adapterKinds.hashMissing),
  });
  const jobs: JobService = new JobService({
    em: newEm(),
    currentUserId,
    inContext: (work) => withRequestContext(database.orm, work),
    runners: [
      ...adapterJobs({ records, scans, adaptersDir, baseModelsDir }),
      found.runner(),
      trainingExporter({ em: newEm(), audit }),
    ],
    log: silentLog,
    onChange: () => undefined,
  });
  let chosen: string | undefined;
  const dropped = new Map<string, string>();
  const adapters = new AdapterService({
    em: newEm(),
    currentUserId,
    records,
    scans,
    found,
    specializations: new SpecializationService({ em: newEm(), currentUserId, audit, undo: library.undo }),
    jobs,
    adaptersDir,
    baseModelsDir,
    choose: async () => chosen,
    showFolder: async () => undefined,
    dropped: (token) => dropped.get(token),
  });
  afterAll(async () => {
    await jobs.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    adapters,
    jobs,
    folder,
    choose: (place) => void (chosen = place),
    drop: (token, place) => void dropped.set(token, place),
  };
}
