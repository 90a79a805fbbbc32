import type { Handlers } from '../../shared/ipc/define.ts';
import type { duplicateOperations } from '../../shared/ipc/operations/duplicates.ts';
import type { DuplicatesOfText } from './duplicates-of-text.ts';
import type { DuplicatesService } from './duplicates-service.ts';

export function duplicatesHandlers(
  duplicates: DuplicatesService,
  ofText: DuplicatesOfText,
): Handlers<{ duplicates: typeof duplicateOperations }>['duplicates'] {
  return {
    list: (request) => duplicates.list(request),
    find: (search) => duplicates.find(search),
    ofText: (text) => ofText.find(text),
    keepApart: ({ ids }) => duplicates.keepApart(ids),
  };
}
