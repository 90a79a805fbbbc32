import type { Handlers } from '../../shared/ipc/define.ts';
import type { savedSearchOperations } from '../../shared/ipc/operations/saved-searches.ts';
import type { SavedSearchService } from './saved-search-service.ts';

export function savedSearchHandlers(
  searches: SavedSearchService,
): Handlers<{ savedSearches: typeof savedSearchOperations }>['savedSearches'] {
  return {
    list: () => searches.list(),
    create: (wish) => searches.create(wish),
    change: (change) => searches.change(change),
    reorder: ({ ids }) => searches.reorder(ids),
    delete: (one) => searches.delete(one),
  };
}
