import { z } from 'zod';
import { id } from '../../schemas/id.ts';
import { bulkOutcome } from '../../schemas/memory.ts';
import {
  changedSpecialization,
  countedSpecialization,
  createdSpecialization,
  linkedMemories,
  linkedMemoriesRequest,
  linksToRemove,
  newLinks,
  newSpecialization,
  specializationChange,
  specializationOfMemory,
  specializationPage,
  specializationPageRequest,
} from '../../schemas/specialization.ts';
import { command, query } from '../define.ts';
import { adapterOperations } from './adapters.ts';
import { specializationUseOperations } from './specialization-use.ts';
import {
  specializationComparison,
  specializationOutline,
  specializationOutlineRequest,
  specializationsToCompare,
} from '../../schemas/specialization-list.ts';

const some = z.strictObject({ ids: z.array(id).min(1).max(1000) });

export const specializationOperations = {
  list: query(specializationPageRequest, specializationPage),
  /** All of them, for a list to sort, filter and group. */
  outline: query(specializationOutlineRequest, specializationOutline),
  compare: query(specializationsToCompare, specializationComparison),
  /** Those of them that exist, in the order asked for; also from the trash. */
  find: query(some, z.array(countedSpecialization)),
  create: command(newSpecialization, createdSpecialization),
  /** An older version is a conflict, with the specialization as it now is. */
  update: command(specializationChange, changedSpecialization),
  trash: command(some, bulkOutcome),
  restore: command(some, bulkOutcome),
  /** For good, from the trash alone. */
  purge: command(some, z.object({ purged: z.int() })),
  /** One that is linked already takes the new role. */
  link: command(newLinks, bulkOutcome),
  unlink: command(linksToRemove, bulkOutcome),
  memories: query(linkedMemoriesRequest, linkedMemories),
  /** Those that a memory belongs to, without the trash. */
  ofMemory: query(z.strictObject({ memoryId: id }), z.array(specializationOfMemory)),
  ...adapterOperations,
  ...specializationUseOperations,
} as const;
