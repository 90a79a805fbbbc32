import type { Handlers } from '../../shared/ipc/define.ts';
import type { duplicateOperations } from '../../shared/ipc/operations/duplicates.ts';
import type { DuplicatesService } from './duplicates-service.ts';

export function duplicatesHandlers(
  duplicates: DuplicatesService,
): Handlers<{ duplicates: typeof duplicateOperations }>['duplicates'] {
  return {
    list: (request) => duplicates.list(request),
    find: (search) => duplicates.find(search),
    keepApart: ({ ids }) => duplicates.keepApart(ids),
  };
}
