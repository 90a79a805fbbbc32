import type { Tag, TagMerge } from '../../shared/schemas/tag.ts';
import type { Undoable } from '../../shared/schemas/undo.ts';
import { inTransaction } from '../database/transaction.ts';
import { invalidInput, notFound } from '../errors/loci-error.ts';
import { MemoryLinkRepository } from '../memories/memory-link.repository.ts';
import { MemoryVersionRepository } from '../memories/memory-version.repository.ts';
import { allLinks, memoriesOf, rowsOf, type TagLinks } from '../memories/tag-links.ts';
import type { UndoableServiceParts } from '../undo/service-parts.ts';
import { TagRepository } from './tag.repository.ts';

/** What is needed to bring a tag back. */
interface RemovedTag {
  readonly tag: Tag;
  readonly row: string;
  /** Those that were under it, and since when. */
  readonly links: TagLinks;
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
      const links = await this.#lockLinks(userId, id);
      await this.#versions.keepStates(memoriesOf(links), 'tag');
      return this.#remove(userId, tag, links);
    });
    const undoId = undo.offer(
      userId,
      `Tag “${removed.tag.name}” deleted`,
      () =>
        inTransaction(em, async () => {
          const there = await this.#bringBack(userId, removed);
          return { notUndone: memoriesOf(removed.links).length - there.length };
        }),
      { rows: rowsOf(removed.links) },
    );
    return { undoId };
  }

  async merge({ id, intoId }: TagMerge): Promise<Undoable> {
    const { em, undo, currentUserId } = this.#options;
    if (id === intoId) throw invalidInput('intoId', (texts) => texts.failures.tag.mergedWithItself);
    const userId = currentUserId();
    const { into, removed, newLinks, at } = await inTransaction(em, async () => {
      // In one order, or two merges the opposite way would wait for each other.
      const locked = new Map<string, Tag>();
      for (const each of [id, intoId].toSorted()) locked.set(each, await this.#lock(userId, each));
      const [tag, target] = [locked.get(id), locked.get(intoId)];
      if (!tag || !target) throw notFound('tag');
      const links = await this.#lockLinks(userId, id);
      const memoryIds = memoriesOf(links);
      await this.#versions.keepStates(memoryIds, 'merge');
      const wanted = allLinks(memoryIds, [intoId]);
      const absent = await this.#links.find(wanted, { there: false, of: memoryIds });
      return {
        into: target,
        newLinks: absent,
        at: await this.#links.add(absent),
        removed: await this.#remove(userId, tag, links),
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
          return { notUndone: memoriesOf(removed.links).length - there.length + left.length };
        }),
      { rows: rowsOf(removed.links) },
    );
    return { undoId };
  }

  /** The memories under a tag that is locked: from then on, none of them is put under it or taken from there. */
  async #lockLinks(userId: string, id: string): Promise<TagLinks> {
    const memoryIds = await this.#tags.lockMemories(userId, await this.#tags.findMemoryIds(id));
    // Whoever changed one of them meanwhile may have taken it from under the tag.
    return this.#links.find(allLinks(memoryIds, [id]), { there: true, of: memoryIds });
  }

  async #remove(userId: string, tag: Tag, links: TagLinks): Promise<RemovedTag> {
    const { audit } = this.#options;
    const memoryIds = memoriesOf(links);
    const row = await this.#tags.delete(userId, tag.id);
    audit.note({ userId, action: 'changed', entity: 'memory', ids: memoryIds, fields: ['tags'] });
    audit.note({ userId, action: 'deleted', entity: 'tag', ids: [tag.id] });
    return { tag, row, links };
  }

  /** With its key and the memories that are still there: those it answers with. */
  async #bringBack(userId: string, { tag, row, links }: RemovedTag): Promise<string[]> {
    const { audit } = this.#options;
    await this.#tags.restore(row);
    const there = await this.#tags.lockMemories(userId, memoriesOf(links));
    await this.#versions.keepStates(there, 'undo');
    await this.#links.add(links);
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
