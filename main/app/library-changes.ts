import type { LibraryChange, LibraryChanges } from '../../shared/schemas/library-changes.ts';
import type { NotedChange } from '../audit/audit-trail.ts';

/** A window shows fewer than that; with more it looks at everything anew. */
const mostIds = 1000;

/** What the audit noted, as windows are told: whose library, what kind of thing, which, and what of it. */
export function libraryChangesOf(noted: readonly NotedChange[]): LibraryChanges[] {
  return [...Map.groupBy(noted, ({ userId }) => userId)].map(([userId, changes]) => ({
    userId,
    changes: changes.map(toLibraryChange),
  }));
}

function toLibraryChange({ entity, action, ids, fields = [] }: NotedChange): LibraryChange {
  const keys = ids.length > mostIds ? null : ids.filter((id) => id !== null);
  return { entity, action, ids: keys, fields };
}
