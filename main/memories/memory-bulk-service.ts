import type { UndoableServiceParts } from '../undo/service-parts.ts';
import { maxLinksAtOnce, maxTags, type BulkOutcome, type VersionCause } from '../../shared/schemas/memory.ts';
import { inTransaction } from '../database/transaction.ts';
import { invalidInput, notFound } from '../errors/loci-error.ts';
import { TagRepository } from '../tags/tag.repository.ts';
import type { Leftover } from '../undo/undo-stack.ts';
import { keptTagNames, tooManyTags } from './kept-text.ts';
import {
  MemoryBulkRepository,
  type BulkColumn,
  type BulkValue,
  type Earlier,
} from './memory-bulk.repository.ts';
import { MemoryLinkRepository } from './memory-link.repository.ts';
import { MemoryVersionRepository } from './memory-version.repository.ts';
import { allLinks, countLeft, memoriesOf, rowsOf, type TagLinks } from './tag-links.ts';

/** Of a tag, when there is nothing to put under it. */
const none = { ids: [], createdIds: [] };

/**
 * The same done to many memories at once, all or nothing. Memories that are gone, or have it already,
 * are passed over. Each can be undone, as far as the memories still have what was given to them.
 */
export class MemoryBulkService {
  readonly #options: UndoableServiceParts;
  readonly #bulk: MemoryBulkRepository;
  readonly #links: MemoryLinkRepository;
  readonly #tags: TagRepository;
  readonly #versions: MemoryVersionRepository;

  constructor(options: UndoableServiceParts) {
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
    requireFewLinks(ids.length * (tagIds.length + names.length));
    const { added, at, made } = await inTransaction(this.#options.em, async () => {
      const memoryIds = await this.#bulk.lockKept(userId, ids);
      const own = await this.#requireTags(userId, tagIds);
      const ensured = memoryIds.length === 0 ? none : await this.#tags.ensure(userId, keptNames);
      this.#options.audit.note({ userId, action: 'created', entity: 'tag', ids: ensured.createdIds });
      const wanted = allLinks(memoryIds, new Set([...own, ...ensured.ids]));
      const absent = await this.#links.find(wanted, { there: false, of: memoryIds });
      const addedAt = await this.#addLinks(userId, absent, 'bulk');
      if (await this.#links.hasMoreTags(memoriesOf(absent), maxTags)) throw tooManyTags();
      return { added: absent, at: addedAt, made: await this.#tags.findByIds(userId, ensured.createdIds) };
    });
    return this.#offer(userId, memoriesOf(added).length, 'tagged', rowsOf(added), async () => {
      const of = await this.#bulk.lockKept(userId, memoriesOf(added));
      // A tag that was taken away and given anew since is there because somebody wanted it later.
      const present = await this.#links.find(added, { there: true, of, madeAt: at });
      await this.#removeLinks(userId, present, 'undo');
      const gone = await this.#tags.removeUnused(userId, made);
      this.#options.audit.note({ userId, action: 'deleted', entity: 'tag', ids: gone });
      return { notUndone: countLeft(added, present) };
    });
  }

  async untag(ids: readonly string[], tagIds: readonly string[]): Promise<BulkOutcome> {
    const userId = this.#options.currentUserId();
    requireFewLinks(ids.length * tagIds.length);
    const removed = await inTransaction(this.#options.em, async () => {
      const memoryIds = await this.#bulk.lockKept(userId, ids);
      const own = await this.#requireTags(userId, tagIds);
      const wanted = allLinks(memoryIds, own);
      const present = await this.#links.find(wanted, { there: true, of: memoryIds });
      await this.#removeLinks(userId, present, 'bulk');
      return present;
    });
    const count = memoriesOf(removed).length;
    return this.#offer(userId, count, 'taken from under a tag', rowsOf(removed), async () => {
      const of = await this.#bulk.lockKept(userId, memoriesOf(removed));
      const tags = await this.#links.lockTags(
        userId,
        removed.underTags.map(({ tagId }) => tagId),
      );
      const underTags = removed.underTags.filter(({ tagId }) => tags.has(tagId));
      const absent = await this.#links.find({ ...removed, underTags }, { there: false, of });
      await this.#addLinks(userId, absent, 'undo');
      return { notUndone: countLeft(removed, absent) };
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
    return this.#offer(userId, before.length, done, before.length, async () => {
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

  /** Answers with when. */
  async #addLinks(userId: string, links: TagLinks, cause: VersionCause): Promise<string> {
    await this.#keepStates(userId, links, cause);
    return this.#links.add(links);
  }

  async #removeLinks(userId: string, links: TagLinks, cause: VersionCause): Promise<void> {
    await this.#keepStates(userId, links, cause);
    await this.#links.remove(links);
  }

  async #keepStates(userId: string, links: TagLinks, cause: VersionCause): Promise<void> {
    const ids = memoriesOf(links);
    if (ids.length === 0) return;
    await this.#versions.keepStates(ids, cause);
    this.#options.audit.note({ userId, action: 'changed', entity: 'memory', ids, fields: ['tags'] });
  }

  async #requireTags(userId: string, tagIds: readonly string[]): Promise<Set<string>> {
    const own = await this.#links.lockTags(userId, tagIds);
    if (tagIds.some((id) => !own.has(id))) throw notFound('tag');
    return own;
  }

  #offer(
    userId: string,
    changed: number,
    done: string,
    rows: number,
    undo: () => Promise<Leftover>,
  ): BulkOutcome {
    if (changed === 0) return { changed, undoId: null };
    const label = `${changed === 1 ? 'A memory' : `${changed} memories`} ${done}`;
    const undoId = this.#options.undo.offer(userId, label, () => inTransaction(this.#options.em, undo), {
      rows,
    });
    return { changed, undoId };
  }
}

function requireFewLinks(count: number): void {
  if (count > maxLinksAtOnce) throw invalidInput('ids', (texts) => texts.failures.memory.tooMuchAtOnce);
}
