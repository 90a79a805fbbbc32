import { z } from 'zod';
import { id } from '../../schemas/id.ts';
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
  memoryMerge,
  memoryPage,
  memoryQuery,
  memorySelection,
  memoryText,
  memorySummary,
  memoryVersionSummary,
  mergedMemory,
  newMemories,
  newMemory,
  purgeOutcome,
  versionsQuery,
  versionsToCompare,
  versionToRestore,
} from '../../schemas/memory.ts';
import { memoriesToSummarize, memoryOutline, outlineRequest } from '../../schemas/memory-outline.ts';
import { command, query } from '../define.ts';

export const memoryOperations = {
  create: command(newMemory, createdMemory),
  /** All of them or none, for many that come at once. */
  createMany: command(newMemories, z.array(id)),
  /** Those that exist, in the order asked for; also from the trash. */
  read: query(memoriesToRead, z.array(memory)),
  update: command(memoryChange, memory),
  list: query(memoryQuery, memoryPage),
  count: query(memoryFilter, z.int()),
  /** The whole list in a few bytes a memory. */
  outline: query(outlineRequest, memoryOutline),
  /** Those that exist, in no certain order; also from the trash. */
  summaries: query(memoriesToSummarize, z.array(memorySummary)),
  /** Those outside of the trash that say the very same. */
  findSame: query(memoryText, z.array(id)),
  /** Deleting: everything deleted can be restored until it is purged. */
  trash: command(memorySelection, bulkOutcome),
  restore: command(memorySelection, bulkOutcome),
  tag: command(memoriesAndTags, bulkOutcome),
  untag: command(memoriesAndTagIds, bulkOutcome),
  setImportance: command(memoriesAndImportance, bulkOutcome),
  setPinned: command(memoriesAndPinned, bulkOutcome),
  moveToSession: command(memoriesAndSession, bulkOutcome),
  /** Makes one of several; the others go to the trash, and their history is kept with the one. */
  merge: command(memoryMerge, mergedMemory),
  versions: query(versionsQuery, z.array(memoryVersionSummary)),
  compare: query(versionsToCompare, memoryComparison),
  restoreVersion: command(versionToRestore, memory),
  /** For ever; what is not in the trash is passed over. */
  purge: command(memorySelection, purgeOutcome),
  emptyTrash: command(z.undefined(), purgeOutcome),
} as const;
