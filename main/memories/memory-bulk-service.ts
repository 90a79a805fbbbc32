import type { EntityManager } from '@mikro-orm/postgresql';
import type { BulkOutcome, VersionCause } from '../../shared/schemas/memory.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import { inTransaction } from '../database/transaction.ts';
import { notFound } from '../errors/loci-error.ts';
import { TagRepository } from '../tags/tag.repository.ts';
import type { Leftover, UndoStack } from '../undo/undo-stack.ts';
import { keptTagNames } from './kept-text.ts';
import {
  MemoryBulkRepository,
  type BulkColumn,
  type BulkValue,
  type Earlier,
} from './memory-bulk.repository.ts';
import { MemoryLinkRepository, type TagLink } from './memory-link.repository.ts';
import { MemoryVersionRepository } from './memory-version.repository.ts';

export interface MemoryBulkServiceOptions {
  readonly em: EntityManager;
  readonly currentUserId: () => string;
  readonly audit: AuditTrail;
  readonly undo: Pick<UndoStack, 'offer'>;
}

/**
 * The same done to many memories at once, all or nothing. Memories that are gone, or have it already,
 * are passed over. Each can be undone, as far as the memories still have what was given to them.
 */
export class MemoryBulkService {
  readonly #options: MemoryBulkServiceOptions;
  readonly #bulk: MemoryBulkRepository;
  readonly #links: MemoryLinkRepository;
  readonly #tags: TagRepository;
  readonly #versions: MemoryVersionRepository;

  constructor(options: MemoryBulkServiceOptions) {
    this.#options = options;
    this.#bulk = new MemoryBulkRepository(options.em);
    this.#links = new MemoryLinkRepository(options.em);
    this.#tags = new TagRepository(options.em);
    this.#versions = new MemoryVersionRepository(options.em);
  }

  async trash(ids: readonly string[]): Promise<BulkOutcome> {
    return this.#set(ids, 'deleted_at', new Date().toISOString(), 'moved to the trash');
  }

  /** Tags, session and all other links were never taken away; they are seen again. */
  async restore(ids: readonly string[]): Promise<BulkOutcome> {
    return this.#set(ids, 'deleted_at', null, 'restored');
  }

  async setImportance(ids: readonly string[], importance: number): Promise<BulkOutcome> {
    return this.#set(ids, 'importance', importance, 'given another importance');
  }

  async setPinned(ids: readonly string[], pinned: boolean): Promise<BulkOutcome> {
    return this.#set(ids, 'pinned', pinned, pinned ? 'pinned' : 'unpinned');
  }

  /** Null takes them out of their sessions. */
  async moveToSession(ids: readonly string[], sessionId: string | null): Promise<BulkOutcome> {
    return this.#set(ids, 'session_id', sessionId, 'moved to another session');
  }

  /** By keys of tags, by names, or both; names that are new become tags. */
  async tag(
    ids: readonly string[],
    {
      tagIds = [],
      names = [],
    }: { tagIds?: readonly string[] | undefined; names?: readonly string[] | undefined },
  ): Promise<BulkOutcome> {
    const userId = this.#options.currentUserId();
    const keptNames = keptTagNames(names);
    const added = await inTransaction(this.#options.em, async () => {
      const memoryIds = await this.#bulk.lockKept(userId, ids);
      const own = await this.#requireTags(userId, tagIds);
      if (memoryIds.length === 0) return [];
      const ensured = await this.#tags.ensure(userId, keptNames);
      this.#options.audit.note({ userId, action: 'created', entity: 'tag', ids: ensured.createdIds });
      const { absent } = await this.#links.divide(allLinks(memoryIds, new Set([...own, ...ensured.ids])));
      await this.#changeTags(userId, absent, 'bulk', () => this.#links.add(absent));
      return absent;
    });
    return this.#offer(userId, memoriesOf(added).length, 'tagged', async () => {
      const still = await this.#lockForUndo(userId, added);
      const { present } = await this.#links.divide(still);
      await this.#changeTags(userId, present, 'undo', () => this.#links.remove(present));
      return notUndone(added, present);
    });
  }

  async untag(ids: readonly string[], tagIds: readonly string[]): Promise<BulkOutcome> {
    const userId = this.#options.currentUserId();
    const removed = await inTransaction(this.#options.em, async () => {
      const memoryIds = await this.#bulk.lockKept(userId, ids);
      const own = await this.#requireTags(userId, tagIds);
      const { present } = await this.#links.divide(allLinks(memoryIds, own));
      await this.#changeTags(userId, present, 'bulk', () => this.#links.remove(present));
      return present;
    });
    return this.#offer(userId, memoriesOf(removed).length, 'taken from under a tag', async () => {
      const still = await this.#lockForUndo(userId, removed);
      const tags = await this.#links.lockTags(userId, [...new Set(removed.map(({ tagId }) => tagId))]);
      const { absent } = await this.#links.divide(still.filter(({ tagId }) => tags.has(tagId)));
      await this.#changeTags(userId, absent, 'undo', () => this.#links.add(absent));
      return notUndone(removed, absent);
    });
  }

  async #set(
    ids: readonly string[],
    column: BulkColumn,
    value: BulkValue,
    done: string,
  ): Promise<BulkOutcome> {
    const userId = this.#options.currentUserId();
    const inTrash = column === 'deleted_at' && value === null;
    const before = await inTransaction(this.#options.em, async () => {
      if (column === 'session_id' && typeof value === 'string') {
        const sessions = await this.#bulk.lockSessions(userId, [value]);
        if (sessions.size === 0) throw notFound('session');
      }
      const different = await this.#bulk.lockDifferent(userId, ids, column, value, inTrash);
      const differentIds = different.map(({ id }) => id);
      await this.#changeColumn(userId, differentIds, column, { cause: 'bulk', trashed: !inTrash }, () =>
        this.#bulk.set(differentIds, column, value),
      );
      return different;
    });
    return this.#offer(userId, before.length, done, async () => {
      const changedIds = before.map(({ id }) => id);
      const still = new Set(await this.#bulk.lockStill(userId, changedIds, column, value));
      const rows = await this.#withTheirSessions(
        userId,
        column,
        before.filter(({ id }) => still.has(id)),
      );
      const undoneIds = rows.map(({ id }) => id);
      await this.#changeColumn(userId, undoneIds, column, { cause: 'undo', trashed: inTrash }, () =>
        this.#bulk.setEach(rows, column),
      );
      return { notUndone: before.length - rows.length };
    });
  }

  /** A session may have been deleted since; nothing can be moved back there. */
  async #withTheirSessions(
    userId: string,
    column: BulkColumn,
    rows: readonly Earlier[],
  ): Promise<readonly Earlier[]> {
    if (column !== 'session_id') return rows;
    const asked = new Set(rows.flatMap(({ value }) => value ?? []));
    const sessions = await this.#bulk.lockSessions(userId, [...asked]);
    return rows.filter(({ value }) => value === null || sessions.has(value));
  }

  async #changeColumn(
    userId: string,
    ids: readonly string[],
    column: BulkColumn,
    { cause, trashed }: { readonly cause: VersionCause; readonly trashed: boolean },
    change: () => Promise<void>,
  ): Promise<void> {
    if (ids.length === 0) return;
    if (column === 'importance') await this.#versions.keepStates(ids, cause);
    await change();
    const trashAction = trashed ? 'trashed' : 'restored';
    const action = column === 'deleted_at' ? trashAction : 'changed';
    this.#options.audit.note({ userId, action, entity: 'memory', ids, fields: [column] });
  }

  async #changeTags(
    userId: string,
    links: readonly TagLink[],
    cause: VersionCause,
    change: () => Promise<void>,
  ): Promise<void> {
    const ids = memoriesOf(links);
    if (ids.length === 0) return;
    await this.#versions.keepStates(ids, cause);
    await change();
    this.#options.audit.note({ userId, action: 'changed', entity: 'memory', ids, fields: ['tags'] });
  }

  async #requireTags(userId: string, tagIds: readonly string[]): Promise<Set<string>> {
    const own = await this.#links.lockTags(userId, tagIds);
    if (tagIds.some((id) => !own.has(id))) throw notFound('tag');
    return own;
  }

  /** Of these links, those of memories that are not in the trash now. */
  async #lockForUndo(userId: string, links: readonly TagLink[]): Promise<TagLink[]> {
    const kept = new Set(await this.#bulk.lockKept(userId, memoriesOf(links)));
    return links.filter(({ memoryId }) => kept.has(memoryId));
  }

  #offer(userId: string, changed: number, done: string, undo: () => Promise<Leftover>): BulkOutcome {
    if (changed === 0) return { changed, undoId: null };
    const label = `${changed === 1 ? 'A memory' : `${changed} memories`} ${done}`;
    const undoId = this.#options.undo.offer(userId, label, () => inTransaction(this.#options.em, undo), {
      rows: changed,
    });
    return { changed, undoId };
  }
}

function allLinks(memoryIds: readonly string[], tagIds: ReadonlySet<string>): TagLink[] {
  return memoryIds.flatMap((memoryId) => [...tagIds].map((tagId) => ({ memoryId, tagId })));
}

function memoriesOf(links: readonly TagLink[]): string[] {
  return [...new Set(links.map(({ memoryId }) => memoryId))];
}

/** A memory counts as left when any of its links is. */
function notUndone(links: readonly TagLink[], undone: readonly TagLink[]): Leftover {
  const taken = new Set(undone);
  return { notUndone: memoriesOf(links.filter((link) => !taken.has(link))).length };
}
