import { z } from 'zod';
import { bulkOutcome } from '../../schemas/memory.ts';
import {
  countedSpecialization,
  linkedMemories,
  linkedMemoriesRequest,
  linksToRemove,
  newLinks,
  newSpecialization,
  specialization,
  specializationChange,
  specializationOfMemory,
  specializationPage,
  specializationPageRequest,
} from '../../schemas/specialization.ts';
import { operation } from '../define.ts';

const some = z.strictObject({ ids: z.array(z.uuid()).min(1).max(1000) });

export const specializationOperations = {
  list: operation(specializationPageRequest, specializationPage),
  /** Those of them that exist, in the order asked for; also from the trash. */
  find: operation(some, z.array(countedSpecialization)),
  create: operation(newSpecialization, specialization),
  /** An older version is a conflict, with the specialization as it now is. */
  update: operation(specializationChange, specialization),
  trash: operation(some, bulkOutcome),
  restore: operation(some, bulkOutcome),
  /** For good, from the trash alone. */
  purge: operation(some, z.object({ purged: z.int() })),
  /** One that is linked already takes the new role. */
  link: operation(newLinks, bulkOutcome),
  unlink: operation(linksToRemove, bulkOutcome),
  memories: operation(linkedMemoriesRequest, linkedMemories),
  /** Those that a memory belongs to, without the trash. */
  ofMemory: operation(z.strictObject({ memoryId: z.uuid() }), z.array(specializationOfMemory)),
} as const;
