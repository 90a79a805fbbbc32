import type { EntityManager } from '@mikro-orm/postgresql';

/**
 * Saves all that `work` does or nothing of it. Repositories made with the same `em` take part by
 * themselves; within another transaction this one becomes a part of that.
 */
export function inTransaction<T>(em: EntityManager, work: () => Promise<T>): Promise<T> {
  return em.transactional(() => {
    // A plain `fork()` does not follow the transaction: its repositories would quietly write outside of it.
    if (!em.isInTransaction()) throw new Error('This EntityManager was forked without `useContext`');
    return work();
  });
}
