import type { Tag, TagMerge } from '../../shared/schemas/tag.ts';
import type { Undoable } from '../../shared/schemas/undo.ts';
import { inTransaction } from '../database/transaction.ts';
import { invalidInput, notFound } from '../errors/loci-error.ts';
import { MemoryLinkRepository } from '../memories/memory-link.repository.ts';
import { MemoryVersionRepository } from '../memories/memory-version.repository.ts';
import { allLinks, memoriesOf } from '../memories/tag-links.ts';
import type { UndoableServiceParts } from '../undo/service-parts.ts';
import { TagRepository } from './tag.repository.ts';

/** What is needed to bring a tag back. */
interface RemovedTag {
  readonly tag: Tag;
  readonly row: string;
  /** Those that were under it. */
  readonly memoryIds: readonly string[];
}

/** How a tag goes away, by itself or into another, and how it comes back. */
export class TagRemoval {
  readonly #options: UndoableServiceParts;
  readonly #tags: TagRepository;
  readonly #links: MemoryLinkRepository;
  readonly #versions: MemoryVersionRepository;

  constructor(options: UndoableServiceParts) {
    this.#options = options;
    this.#tags = new TagRepository(options.em);
    this.#links = new MemoryLinkRepository(options.em);
    this.#versions = new MemoryVersionRepository(options.em);
  }

  async delete({ id }: { id: string }): Promise<Undoable> {
    const { em, undo, currentUserId } = this.#options;
    const userId = currentUserId();
    const removed = await inTransaction(em, async () => {
      const tag = await this.#lock(userId, id);
      const memoryIds = await this.#tags.findMemoryIds(id);
      await this.#versions.keepStates(memoryIds, 'tag');
      return this.#remove(userId, tag, memoryIds);
    });
    const undoId = undo.offer(
      userId,
      `Tag “${removed.tag.name}” deleted`,
      () =>
        inTransaction(em, async () => {
          const there = await this.#bringBack(userId, removed);
          return { notUndone: removed.memoryIds.length - there.length };
        }),
      { rows: removed.memoryIds.length },
    );
    return { undoId };
  }

  async merge({ id, intoId }: TagMerge): Promise<Undoable> {
    const { em, undo, currentUserId } = this.#options;
    if (id === intoId)
      throw invalidInput('intoId', 'A tag cannot be merged with itself. Choose another one.');
    const userId = currentUserId();
    const { into, removed, newLinks, at } = await inTransaction(em, async () => {
      // In one order, or two merges the opposite way would wait for each other.
      const locked = new Map<string, Tag>();
      for (const each of [id, intoId].toSorted()) locked.set(each, await this.#lock(userId, each));
      const [tag, target] = [locked.get(id), locked.get(intoId)];
      if (!tag || !target) throw notFound('tag');
      const memoryIds = await this.#tags.findMemoryIds(id);
      await this.#versions.keepStates(memoryIds, 'merge');
      const wanted = allLinks(memoryIds, [intoId]);
      const absent = await this.#links.find(wanted, { there: false, of: memoryIds });
      return {
        into: target,
        newLinks: absent,
        at: await this.#links.add(absent),
        removed: await this.#remove(userId, tag, memoryIds),
      };
    });
    const undoId = undo.offer(
      userId,
      `Tag “${removed.tag.name}” merged into “${into.name}”`,
      () =>
        inTransaction(em, async () => {
          const there = await this.#bringBack(userId, removed);
          await this.#links.remove(await this.#links.find(newLinks, { there: true, of: there, madeAt: at }));
          // Those that somebody put under the other tag by hand since stay there.
          const left = memoriesOf(await this.#links.find(newLinks, { there: true, of: there }));
          return { notUndone: removed.memoryIds.length - there.length + left.length };
        }),
      { rows: removed.memoryIds.length },
    );
    return { undoId };
  }

  async #remove(userId: string, tag: Tag, memoryIds: readonly string[]): Promise<RemovedTag> {
    const { audit } = this.#options;
    const row = await this.#tags.delete(userId, tag.id);
    audit.note({ userId, action: 'changed', entity: 'memory', ids: memoryIds, fields: ['tags'] });
    audit.note({ userId, action: 'deleted', entity: 'tag', ids: [tag.id] });
    return { tag, row, memoryIds };
  }

  /** With its key and the memories that are still there: those it answers with. */
  async #bringBack(userId: string, { tag, row, memoryIds }: RemovedTag): Promise<string[]> {
    const { audit } = this.#options;
    await this.#tags.restore(row);
    const there = await this.#tags.lockMemories(userId, memoryIds);
    await this.#versions.keepStates(there, 'undo');
    await this.#tags.link(tag.id, there);
    audit.note({ userId, action: 'restored', entity: 'tag', ids: [tag.id] });
    audit.note({ userId, action: 'changed', entity: 'memory', ids: there, fields: ['tags'] });
    return there;
  }

  async #lock(userId: string, id: string): Promise<Tag> {
    const tag = await this.#tags.lock(userId, id);
    if (!tag) throw notFound('tag');
    return tag;
  }
}
