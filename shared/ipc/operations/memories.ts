import { z } from 'zod';
import {
  bulkOutcome,
  createdMemory,
  memoriesAndImportance,
  memoriesAndPinned,
  memoriesAndSession,
  memoriesAndTagIds,
  memoriesAndTags,
  memoriesToRead,
  memory,
  memoryChange,
  memoryComparison,
  memoryFilter,
  memoryPage,
  memoryQuery,
  memorySelection,
  memoryVersionSummary,
  newMemory,
  purgeOutcome,
  versionsQuery,
  versionsToCompare,
  versionToRestore,
} from '../../schemas/memory.ts';
import { operation } from '../define.ts';

export const memoryOperations = {
  create: operation(newMemory, createdMemory),
  /** Those that exist, in the order asked for; also from the trash. */
  read: operation(memoriesToRead, z.array(memory)),
  update: operation(memoryChange, memory),
  list: operation(memoryQuery, memoryPage),
  count: operation(memoryFilter, z.int()),
  /** Deleting: everything deleted can be restored until it is purged. */
  trash: operation(memorySelection, bulkOutcome),
  restore: operation(memorySelection, bulkOutcome),
  tag: operation(memoriesAndTags, bulkOutcome),
  untag: operation(memoriesAndTagIds, bulkOutcome),
  setImportance: operation(memoriesAndImportance, bulkOutcome),
  setPinned: operation(memoriesAndPinned, bulkOutcome),
  moveToSession: operation(memoriesAndSession, bulkOutcome),
  versions: operation(versionsQuery, z.array(memoryVersionSummary)),
  compare: operation(versionsToCompare, memoryComparison),
  restoreVersion: operation(versionToRestore, memory),
  /** For ever; what is not in the trash is passed over. */
  purge: operation(memorySelection, purgeOutcome),
  emptyTrash: operation(z.undefined(), purgeOutcome),
} as const;
