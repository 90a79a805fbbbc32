import type { Contract } from '../../shared/ipc/contract.ts';
import type { Handlers } from '../../shared/ipc/define.ts';
import type { LibraryChanges } from '../../shared/schemas/library-changes.ts';
import type { Job } from '../../shared/schemas/job.ts';
import type { EmbeddingProgress } from '../../shared/schemas/embedding-progress.ts';
import type { Settings } from '../../shared/schemas/settings.ts';
import { auditHandlers } from '../audit/audit-handlers.ts';
import { AuditService, auditVerifier } from '../audit/audit-service.ts';
import { AuditTrail } from '../audit/audit-trail.ts';
import type { Database } from '../database/orm.ts';
import { withRequestContext } from '../database/request-context.ts';
import { draftHandlers } from '../drafts/draft-handlers.ts';
import { DraftStore } from '../drafts/draft-store.ts';
import { documentHandlers } from '../documents/document-handlers.ts';
import { DocumentService } from '../documents/document-service.ts';
import { jobHandlers } from '../jobs/job-handlers.ts';
import { JobService } from '../jobs/job-service.ts';
import type { Log } from '../logging/log.ts';
import { libraryHandlers } from '../library/library-handlers.ts';
import { libraryJobs } from '../library/library-jobs.ts';
import { LibraryService } from '../library/library-service.ts';
import { SampleLibrary } from '../library/sample-library.ts';
import { MemoryBulkService } from '../memories/memory-bulk-service.ts';
import { memoryHandlers } from '../memories/memory-handlers.ts';
import { MemoryHistoryService } from '../memories/memory-history-service.ts';
import { MemoryOutlineService } from '../memories/memory-outline-service.ts';
import { MemoryMergeService } from '../memories/memory-merge-service.ts';
import { MemoryService } from '../memories/memory-service.ts';
import { MemoryTrashService } from '../memories/memory-trash-service.ts';
import { overviewHandlers } from '../overview/overview-handlers.ts';
import { OverviewService } from '../overview/overview-service.ts';
import type { SwitchableEmbedder } from '../embedding/switchable-embedder.ts';
import { embeddingHandlers } from '../search/embedding-queue-handlers.ts';
import { duplicatesFinder, DuplicatesKeeper } from '../search/duplicates-finder.ts';
import { DuplicatesOfText } from '../search/duplicates-of-text.ts';
import { duplicatesHandlers } from '../search/duplicates-handlers.ts';
import { DuplicatesService } from '../search/duplicates-service.ts';
import { EmbeddingModelRepository } from '../search/embedding-model.repository.ts';
import { EmbeddingQueue } from '../search/embedding-queue.ts';
import { modelBuilder } from '../search/model-builder.ts';
import { modelHandlers } from '../search/model-handlers.ts';
import { ModelService } from '../search/model-service.ts';
import { ModelShelf, type ModelShelfOptions } from '../search/model-shelf.ts';
import { tuningOf } from '../search/search-tuning.ts';
import { rebuildWordIndex } from '../search/word-index.repository.ts';
import { searchHandlers } from '../search/search-handlers.ts';
import { type FusionTuning, usualTuning } from '../search/fusion.ts';
import { SearchService } from '../search/search-service.ts';
import { SemanticIndex } from '../search/semantic-index.ts';
import { keepWordScale } from '../search/word-scale.ts';
import { savedSearchHandlers } from '../search/saved-search-handlers.ts';
import { RelatedService } from '../search/related-service.ts';
import { SavedSearchService } from '../search/saved-search-service.ts';
import { sessionHandlers } from '../sessions/session-handlers.ts';
import { SessionService } from '../sessions/session-service.ts';
import { settingHandlers } from '../settings/setting-handlers.ts';
import { SettingService } from '../settings/setting-service.ts';
import { sweepCopies } from '../specializations/adapter-copies.ts';
import { adapterJobs, adapterKinds } from '../specializations/adapter-jobs.ts';
import { AdapterRecords } from '../specializations/adapter-records.ts';
import { AdapterScans } from '../specializations/adapter-scans.ts';
import { AdapterService, type AdapterServiceOptions } from '../specializations/adapter-service.ts';
import { FoundAdapters } from '../specializations/found-adapters.ts';
import { RecipeService } from '../specializations/recipe-service.ts';
import type { ChooseSavePlace } from '../specializations/save-question.ts';
import { SpecializationAdvice } from '../specializations/specialization-advice.ts';
import { specializationHandlers } from '../specializations/specialization-handlers.ts';
import { SpecializationKeeper } from '../specializations/specialization-keeper.ts';
import { SpecializationLists } from '../specializations/specialization-lists.ts';
import { SpecializationMemories } from '../specializations/specialization-memories.ts';
import { SpecializationSearch } from '../specializations/specialization-search.ts';
import { SpecializationService } from '../specializations/specialization-service.ts';
import { SpecializationTrash } from '../specializations/specialization-trash.ts';
import { TrainingExport, trainingExporter } from '../specializations/training-export.ts';
import { tagHandlers } from '../tags/tag-handlers.ts';
import { TagRemoval } from '../tags/tag-removal.ts';
import { TagService } from '../tags/tag-service.ts';
import { undoHandlers } from '../undo/undo-handlers.ts';
import { UndoStack } from '../undo/undo-stack.ts';
import { userHandlers } from '../users/user-handlers.ts';
import { UserService } from '../users/user-service.ts';
import { libraryChangesOf } from './library-changes.ts';
import { startUpkeep } from './upkeep.ts';

/** All that the open library can be asked; what is about the app itself is answered without one. */
export type LibraryHandlers = Omit<Handlers<Contract>, 'app' | 'capture'>;

/** Who hears what happens in the library. */
export interface LibraryListeners {
  readonly onSettings: (settings: Settings) => void;
  readonly onSwitch: (userId: string) => void;
  readonly onJob: (job: Job) => void;
  readonly onDuplicates: () => void;
  readonly onEmbeddings: (progress: EmbeddingProgress) => void;
  readonly onChanges: (changes: LibraryChanges) => void;
}

/** What the library needs to know meanings. */
export interface Meanings extends ModelShelfOptions {
  readonly embedder: SwitchableEmbedder;
  /** Asks the person for a folder; undefined when they chose none. */
  readonly chooseFolder: () => Promise<string | undefined>;
  /** The same for an adapter, or a folder of many. */
  readonly chooseAdapter: AdapterServiceOptions['choose'];
  /** Where something is to be saved; undefined when they chose no place. */
  readonly chooseSavePlace: ChooseSavePlace;
  readonly showFolder: AdapterServiceOptions['showFolder'];
  /** Where what was dropped on a window lies. */
  readonly dropped: AdapterServiceOptions['dropped'];
}

/** Where it keeps what is not in the database. */
export interface Folders {
  readonly draftsDir: string;
  /** Copies of adapters, and the `config.json` of models that people put there. */
  readonly adaptersDir: string;
  readonly baseModelsDir: string;
}

export interface Services {
  readonly handlers: LibraryHandlers;
  readonly createdAt: Date;
  readonly settings: Pick<SettingService, 'get' | 'set'>;
  readonly inContext: <T>(work: () => Promise<T>) => Promise<T>;
  /** Lets running jobs come to a stop; they can be taken up again after the next start. */
  close(): Promise<void>;
}

/** Every service of a library, made by hand: what depends on what can be read from top to bottom. */
export async function composeServices(
  database: Pick<Database, 'orm' | 'versions'>,
  {
    draftsDir,
    adaptersDir,
    baseModelsDir,
    chooseFolder,
    chooseAdapter,
    chooseSavePlace,
    showFolder,
    dropped,
    ...meanings
  }: Meanings & Folders,
  log: Log,
  listeners: LibraryListeners,
): Promise<Services> {
  const { orm } = database;
  const { em } = orm;
  const inContext = <T>(work: () => Promise<T>) => withRequestContext(orm, work);
  const { embedder } = meanings;
  const audit = new AuditTrail({
    onSaved(noted) {
      for (const { action, entity, userId, ids } of noted)
        if (action === 'purged' && entity === 'memory')
          forgetFiles(
            drafts.forgetMemories(
              userId,
              ids.filter((id) => id !== null),
            ),
          );
        else if (action === 'purged' && entity === 'specialization')
          forgetFiles(
            adapters.forget(
              userId,
              ids.filter((id) => id !== null),
            ),
          );
      for (const changes of libraryChangesOf(noted)) {
        overview.changed(changes);
        listeners.onChanges(changes);
      }
    },
  });
  const users = new UserService({
    em,
    audit,
    onSwitch: async (userId) => {
      listeners.onSwitch(userId);
      const theirs = await settings.getOf(userId);
      // The next one may have taken over already.
      if (users.currentUserId === userId) onSettings(theirs);
    },
    onRemove: (userId) => {
      undo.forget(userId);
      forgetFiles(drafts.forget(userId));
      forgetFiles(adapters.forget(userId));
    },
  });
  const forgetFiles = (done: Promise<unknown>) => {
    done.catch((error: unknown) => log.error('Files of what was removed could not be removed', error));
  };
  const currentUserId = () => users.currentUserId;
  let tuning: FusionTuning = usualTuning;
  const onSettings = (now: Settings) => {
    tuning = tuningOf(now);
    listeners.onSettings(now);
  };
  const settings = new SettingService({ em, currentUserId, audit, log, onChange: onSettings });
  const undo = new UndoStack({ currentUserId });
  const drafts = new DraftStore({ dir: draftsDir, currentUserId, log });
  const parts = { em, currentUserId, audit, undo };

  const sessions = new SessionService({ ...parts, settings });
  const tags = new TagService(parts);
  const savedSearches = new SavedSearchService(parts);
  const overview = new OverviewService({ ...parts, tags, sessions, savedSearches });
  const keepDays = async (userId: string) => (await settings.getOf(userId))['trash.keepDays'];
  const memoryTrash = new MemoryTrashService({ ...parts, keepDays });
  const specializationTrash = new SpecializationTrash(parts);
  const semanticIndex = new SemanticIndex({ database, log });
  const shelf = new ModelShelf(meanings);
  const records = new AdapterRecords(parts);
  const scans = new AdapterScans();
  const found = new FoundAdapters({
    ...parts,
    records,
    scans,
    adaptersDir,
    baseModelsDir,
    hashLater: () => jobs.start(adapterKinds.hashMissing),
  });
  const jobs: JobService = new JobService({
    ...parts,
    inContext,
    runners: [
      auditVerifier(em),
      duplicatesFinder({ em, embedder }),
      modelBuilder({ database, em, shelf, index: semanticIndex, log }),
      ...adapterJobs({ records, scans, adaptersDir, baseModelsDir }),
      found.runner(),
      trainingExporter({ em, audit }),
      ...libraryJobs({
        em,
        log,
        derived: [rebuildWordIndex],
        apart: async () => {
          const kept = await new EmbeddingModelRepository(em).findKept();
          const inUse = kept.find((model) => model.inUse);
          if (inUse) await semanticIndex.rebuild(inUse);
        },
      }),
    ],
    log,
    onChange: listeners.onJob,
  });

  const specializations = new SpecializationService(parts);
  const adapters = new AdapterService({
    ...parts,
    records,
    scans,
    found,
    specializations,
    jobs,
    adaptersDir,
    baseModelsDir,
    choose: chooseAdapter,
    showFolder,
    dropped,
  });

  const createdAt = await inContext(async () => {
    await users.ensureDefaultUser();
    await jobs.interruptLeftBehind();
    forgetFiles(sweepCopies(adaptersDir, records));
    onSettings(await settings.get());
    return users.libraryCreatedAt();
  });
  const duplicatesKeeper = new DuplicatesKeeper({
    em,
    embedder,
    currentUserId,
    inContext,
    log,
    onCompared: listeners.onDuplicates,
  });
  const models = new ModelService({ em, shelf, jobs, index: semanticIndex, chooseFolder, inContext, log });
  await inContext(() => models.open());
  const specializationKeeper = new SpecializationKeeper({ em, embedder, inContext, log });
  let progress: EmbeddingProgress | undefined;
  const embeddings = new EmbeddingQueue({
    database,
    embedder,
    currentUserId,
    log,
    onProgress: (now) => {
      progress = now;
      if (now.pending === 0) duplicatesKeeper.wake();
      listeners.onEmbeddings(now);
    },
    onStored: (model, isMoreToCome) => {
      semanticIndex.keepUp(model, isMoreToCome);
      specializationKeeper.wake();
    },
  });
  // Whatever was saved may have been a memory: looking costs less than having every service say so.
  em.getEventManager().registerSubscriber({
    afterTransactionCommit: async () => {
      embeddings.wake();
      specializationKeeper.wake();
    },
  });
  const search = new SearchService({
    em,
    currentUserId,
    embedder,
    pending: () => progress?.pending ?? 0,
    tuning: () => tuning,
  });
  const specializationSearch = new SpecializationSearch({ em, currentUserId, embedder });
  const upkeep = startUpkeep({
    inContext,
    log,
    tasks: {
      'Sessions that had expired were ended': () => sessions.endExpired(),
      'Memories were purged from the trash': () => memoryTrash.purgeExpired(),
      'Specializations were purged from the trash': () => specializationTrash.purgeExpired(keepDays),
      'Adapters were missing or had changed': async () => {
        const { missing, changed } = await adapters.checkFiles();
        return missing + changed;
      },
      'Jobs of a Loci that is gone were interrupted': () => jobs.interruptLeftBehind(),
      'Words were weighed anew': () => keepWordScale(em),
    },
  });

  return {
    inContext,
    settings,
    createdAt,
    async close() {
      // Jobs first: what they lean on ends with the others.
      await Promise.all([
        jobs.close(),
        models.close(),
        upkeep.stop(),
        duplicatesKeeper.stop(),
        specializationKeeper.stop(),
        embeddings.stop(),
        semanticIndex.stop(),
      ]);
      await drafts.close();
    },
    handlers: {
      audit: auditHandlers(new AuditService({ em, currentUserId, jobs })),
      duplicates: duplicatesHandlers(
        new DuplicatesService({ ...parts, embedder, jobs }),
        new DuplicatesOfText({ em, currentUserId, embedder }),
      ),
      embeddings: embeddingHandlers(embeddings),
      drafts: draftHandlers(drafts),
      documents: documentHandlers(new DocumentService(parts)),
      jobs: jobHandlers(jobs),
      library: libraryHandlers(
        new LibraryService({ em, currentUserId, jobs }),
        new SampleLibrary({ em, audit, undo, log, users, settingsOf: (userId) => settings.getOf(userId) }),
      ),
      memories: memoryHandlers({
        memories: new MemoryService(parts),
        outlines: new MemoryOutlineService(parts),
        bulk: new MemoryBulkService(parts),
        history: new MemoryHistoryService(parts),
        merges: new MemoryMergeService(parts),
        trash: memoryTrash,
      }),
      models: modelHandlers(models),
      overview: overviewHandlers(overview),
      search: searchHandlers(search, new RelatedService({ em, currentUserId, embedder })),
      savedSearches: savedSearchHandlers(savedSearches),
      sessions: sessionHandlers(sessions),
      settings: settingHandlers(settings),
      specializations: specializationHandlers({
        specializations,
        lists: new SpecializationLists({ ...parts, records }),
        trash: specializationTrash,
        memories: new SpecializationMemories({ ...parts, find: (text) => search.findAll(text) }),
        adapters,
        search: specializationSearch,
        advice: new SpecializationAdvice({ ...parts, embedder, search: specializationSearch }),
        recipes: new RecipeService({ ...parts, records, adaptersDir, choose: chooseSavePlace }),
        training: new TrainingExport({ ...parts, jobs, choose: chooseSavePlace }),
      }),
      tags: tagHandlers(tags, new TagRemoval(parts)),
      undo: undoHandlers(undo),
      users: userHandlers(users),
    },
  };
}
