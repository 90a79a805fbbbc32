import type { Handlers } from '../../shared/ipc/define.ts';
import type { searchOperations } from '../../shared/ipc/operations/search.ts';
import type { RelatedService } from './related-service.ts';
import type { SearchService } from './search-service.ts';

export function searchHandlers(
  search: SearchService,
  related: RelatedService,
): Handlers<{ search: typeof searchOperations }>['search'] {
  return {
    query: (request) => search.query(request),
    reasons: (request) => search.reasons(request),
    explain: (request) => search.explain(request),
    related: (request) => related.related(request),
    relatedReasons: (request) => related.reasons(request),
  };
}
