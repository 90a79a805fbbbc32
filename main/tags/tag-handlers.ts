import type { Handlers } from '../../shared/ipc/define.ts';
import type { tagOperations } from '../../shared/ipc/operations/tags.ts';
import type { TagRemoval } from './tag-removal.ts';
import type { TagService } from './tag-service.ts';

export function tagHandlers(
  tags: TagService,
  removal: TagRemoval,
): Handlers<{ tags: typeof tagOperations }>['tags'] {
  return {
    list: () => tags.list(),
    countUntagged: () => tags.countUntagged(),
    create: (wish) => tags.create(wish),
    change: (change) => tags.change(change),
    merge: (merge) => removal.merge(merge),
    delete: (one) => removal.delete(one),
  };
}
