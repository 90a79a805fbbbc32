import type { Handlers } from '../../shared/ipc/define.ts';
import type { memoryOperations } from '../../shared/ipc/operations/memories.ts';
import type { MemoryBulkService } from './memory-bulk-service.ts';
import type { MemoryHistoryService } from './memory-history-service.ts';
import type { MemoryOutlineService } from './memory-outline-service.ts';
import type { MemoryMergeService } from './memory-merge-service.ts';
import type { MemoryService } from './memory-service.ts';
import type { MemoryTrashService } from './memory-trash-service.ts';

export interface MemoryServices {
  readonly memories: MemoryService;
  readonly outlines: MemoryOutlineService;
  readonly bulk: MemoryBulkService;
  readonly history: MemoryHistoryService;
  readonly trash: MemoryTrashService;
  readonly merges: MemoryMergeService;
}

export function memoryHandlers({
  memories,
  outlines,
  bulk,
  history,
  trash,
  merges,
}: MemoryServices): Handlers<{ memories: typeof memoryOperations }>['memories'] {
  return {
    create: (input) => memories.create(input),
    createMany: ({ memories: inputs }) => memories.createMany(inputs),
    read: ({ ids }) => memories.findByIds(ids),
    update: (change) => memories.update(change),
    list: (query) => memories.list(query),
    count: (filter) => memories.count(filter),
    findSame: (text) => memories.findSame(text),
    outline: ({ filter }) => outlines.outline(filter),
    summaries: ({ ids }) => outlines.summaries(ids),
    trash: ({ ids }) => bulk.trash(ids),
    restore: ({ ids }) => bulk.restore(ids),
    tag: ({ ids, ...tags }) => bulk.tag(ids, tags),
    untag: ({ ids, tagIds }) => bulk.untag(ids, tagIds),
    setImportance: ({ ids, importance }) => bulk.setImportance(ids, importance),
    setPinned: ({ ids, pinned }) => bulk.setPinned(ids, pinned),
    moveToSession: ({ ids, sessionId }) => bulk.moveToSession(ids, sessionId),
    merge: (merge) => merges.merge(merge),
    versions: (query) => history.list(query),
    compare: ({ id, from, to }) => history.compare(id, from, to),
    restoreVersion: ({ id, version, number }) => history.restore(id, version, number),
    purge: async ({ ids }) => ({ purged: await trash.purge(ids) }),
    emptyTrash: async () => ({ purged: await trash.empty() }),
  };
}
