import type { Handlers } from '../../shared/ipc/define.ts';
import type { specializationOperations } from '../../shared/ipc/operations/specializations.ts';
import type { AdapterService } from './adapter-service.ts';
import type { RecipeService } from './recipe-service.ts';
import type { SpecializationAdvice } from './specialization-advice.ts';
import type { SpecializationLists } from './specialization-lists.ts';
import type { SpecializationMemories } from './specialization-memories.ts';
import type { SpecializationSearch } from './specialization-search.ts';
import type { SpecializationService } from './specialization-service.ts';
import type { SpecializationTrash } from './specialization-trash.ts';
import type { TrainingExport } from './training-export.ts';

export interface SpecializationServices {
  readonly specializations: SpecializationService;
  readonly lists: SpecializationLists;
  readonly trash: SpecializationTrash;
  readonly memories: SpecializationMemories;
  readonly adapters: AdapterService;
  readonly search: SpecializationSearch;
  readonly advice: SpecializationAdvice;
  readonly recipes: RecipeService;
  readonly training: TrainingExport;
}

export function specializationHandlers({
  specializations,
  lists,
  trash,
  memories,
  adapters,
  search,
  advice,
  recipes,
  training,
}: SpecializationServices): Handlers<{
  specializations: typeof specializationOperations;
}>['specializations'] {
  return {
    list: (request) => specializations.list(request),
    outline: ({ trashed }) => lists.outline(trashed),
    compare: ({ ids }) => lists.compare(ids),
    find: ({ ids }) => specializations.findByIds(ids),
    create: (wish) => specializations.create(wish),
    update: (change) => specializations.update(change),
    trash: ({ ids }) => trash.trash(ids),
    restore: ({ ids }) => trash.restore(ids),
    purge: ({ ids }) => trash.purge(ids),
    link: (links) => memories.link(links),
    unlink: (links) => memories.unlink(links),
    memories: (request) => memories.list(request),
    ofMemory: ({ memoryId }) => memories.ofMemory(memoryId),
    chooseAdapter: ({ what }) => adapters.choose(what),
    addAdapter: (wish) => adapters.add(wish),
    addFound: (wish) => adapters.addFound(wish),
    addedFound: ({ jobId }) => adapters.addedFound(jobId),
    baseModels: () => adapters.baseModels(),
    showBaseModels: () => adapters.showBaseModels(),
    inspect: ({ id }) => adapters.inspect(id),
    locateAdapter: (wish) => adapters.locate(wish),
    copyAdapter: ({ id }) => adapters.copy(id),
    checkWeights: ({ id }) => adapters.checkWeights(id),
    checkAdapterFiles: () => adapters.checkFiles(),
    scanFolder: () => adapters.scan(),
    offerDropped: ({ tokens }) => adapters.offerDropped(tokens),
    scanDropped: ({ token }) => adapters.scanDropped(token),
    scanned: (request) => adapters.scanned(request),
    search: (request) => search.query(request),
    linkFound: (wish) => memories.linkFound(wish),
    suggestMemories: (request) => advice.suggestMemories(request),
    coverage: () => advice.coverage(),
    recommend: (request) => advice.recommend(request),
    recipes: ({ id }) => recipes.recipes(id),
    saveRecipe: (wish) => recipes.save(wish),
    trainingPreview: (request) => training.preview(request),
    exportTraining: (request) => training.start(request),
  };
}
