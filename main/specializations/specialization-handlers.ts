import type { Handlers } from '../../shared/ipc/define.ts';
import type { specializationOperations } from '../../shared/ipc/operations/specializations.ts';
import type { AdapterService } from './adapter-service.ts';
import type { SpecializationMemories } from './specialization-memories.ts';
import type { SpecializationService } from './specialization-service.ts';
import type { SpecializationTrash } from './specialization-trash.ts';

export function specializationHandlers(
  specializations: SpecializationService,
  trash: SpecializationTrash,
  memories: SpecializationMemories,
  adapters: AdapterService,
): Handlers<{ specializations: typeof specializationOperations }>['specializations'] {
  return {
    list: (request) => specializations.list(request),
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
    inspect: ({ id }) => adapters.inspect(id),
    locateAdapter: (wish) => adapters.locate(wish),
    copyAdapter: ({ id }) => adapters.copy(id),
    checkWeights: ({ id }) => adapters.checkWeights(id),
    checkAdapterFiles: () => adapters.checkFiles(),
    scanFolder: () => adapters.scan(),
    scanned: (request) => adapters.scanned(request),
  };
}
