import type { Handlers } from '../../shared/ipc/define.ts';
import type { documentOperations } from '../../shared/ipc/operations/documents.ts';
import type { DocumentService } from './document-service.ts';

export function documentHandlers(
  documents: DocumentService,
): Handlers<{ documents: typeof documentOperations }>['documents'] {
  return {
    list: (request) => documents.list(request),
    find: ({ ids }) => documents.findByIds(ids),
    rename: (input) => documents.rename(input),
    delete: (one) => documents.delete(one),
  };
}
