import type { BulkOutcome } from '../../shared/schemas/memory.ts';
import type {
  LinkedMemories,
  LinkedMemoriesRequest,
  LinksToRemove,
  NewLinks,
  SpecializationOfMemory,
} from '../../shared/schemas/specialization.ts';
import type { FoundMemoriesToLink, LinkedFound } from '../../shared/schemas/specialization-search.ts';
import { inTransaction } from '../database/transaction.ts';
import { conflict, notFound } from '../errors/loci-error.ts';
import type { UndoableServiceParts } from '../undo/service-parts.ts';
import { SpecializationMemoryRepository } from './specialization-memory.repository.ts';
import { SpecializationRepository } from './specialization.repository.ts';

export interface SpecializationMemoriesOptions extends UndoableServiceParts {
  /** All memories that a search finds. */
  readonly find: (
    search: Pick<FoundMemoriesToLink, 'text' | 'timeZone'>,
  ) => Promise<{ readonly ids: readonly string[]; readonly isCut: boolean }>;
}

/** Which memories belong to a specialization, and as what. */
export class SpecializationMemories {
  readonly #options: SpecializationMemoriesOptions;
  readonly #specializations: SpecializationRepository;
  readonly #links: SpecializationMemoryRepository;

  constructor(options: SpecializationMemoriesOptions) {
    this.#options = options;
    this.#specializations = new SpecializationRepository(options.em);
    this.#links = new SpecializationMemoryRepository(options.em);
  }

  async list(request: LinkedMemoriesRequest): Promise<LinkedMemories> {
    const { limit } = request;
    const userId = this.#options.currentUserId();
    const rows = await this.#links.findPage(userId, { ...request, limit: limit + 1 });
    const memories = rows.slice(0, limit);
    return { memories, nextCursor: rows.length > limit ? (memories.at(-1)?.id ?? null) : null };
  }

  ofMemory(memoryId: string): Promise<SpecializationOfMemory[]> {
    return this.#links.findOfMemory(this.#options.currentUserId(), memoryId);
  }

  async link({ id, memoryIds, role }: NewLinks): Promise<BulkOutcome> {
    const { undo, currentUserId } = this.#options;
    const userId = currentUserId();
    const wanted = [...new Set(memoryIds)].map((memoryId) => ({ memoryId, role }));
    const { name, before, linked } = await this.#change(userId, id, async () => {
      const found = await this.#links.findLinks(id, memoryIds);
      return { before: found, linked: await this.#links.link(userId, id, wanted) };
    });
    if (linked.length === 0) return { changed: 0, undoId: null };
    const had = new Map(before.map((link) => [link.memoryId, link]));
    const toRestore = linked.flatMap((memoryId) => had.get(memoryId) ?? []);
    const toRemove = linked.filter((memoryId) => !had.has(memoryId));
    const takeBack = async () => {
      const { linked: undone } = await this.#change(userId, id, async () => {
        // What has got another role since, or was taken out, is as somebody wanted it later.
        const now = await this.#links.findLinks(id, linked);
        const still = new Set(now.flatMap((link) => (link.role === role ? link.memoryId : [])));
        const removed = await this.#links.unlink(
          id,
          toRemove.filter((memoryId) => still.has(memoryId)),
        );
        const restored = await this.#links.link(
          userId,
          id,
          toRestore.filter(({ memoryId }) => still.has(memoryId)),
        );
        return { linked: [...removed.map(({ memoryId }) => memoryId), ...restored] };
      });
      return { notUndone: linked.length - undone.length };
    };
    const label = `${inWords(linked.length)} linked to “${name}”`;
    const undoId = undo.offer(userId, label, takeBack, { rows: linked.length });
    return { changed: linked.length, undoId };
  }

  async linkFound({ id, role, ...search }: FoundMemoriesToLink): Promise<LinkedFound> {
    const { ids: memoryIds, isCut } = await this.#options.find(search);
    const outcome =
      memoryIds.length === 0
        ? { changed: 0, undoId: null }
        : await this.link({ id, memoryIds: [...memoryIds], role });
    return { ...outcome, found: memoryIds.length, isCut };
  }

  async unlink({ id, memoryIds }: LinksToRemove): Promise<BulkOutcome> {
    const { undo, currentUserId } = this.#options;
    const userId = currentUserId();
    const { name, removed } = await this.#change(userId, id, async () => {
      const links = await this.#links.unlink(id, memoryIds);
      return { removed: links, linked: links.map(({ memoryId }) => memoryId) };
    });
    if (removed.length === 0) return { changed: 0, undoId: null };
    const takeBack = async () => {
      const { linked } = await this.#change(userId, id, async () => {
        // What was linked again since has the role it was given then.
        const now = await this.#links.findLinks(
          id,
          removed.map(({ memoryId }) => memoryId),
        );
        const there = new Set(now.map(({ memoryId }) => memoryId));
        const absent = removed.filter(({ memoryId }) => !there.has(memoryId));
        return { linked: await this.#links.link(userId, id, absent) };
      });
      return { notUndone: removed.length - linked.length };
    };
    const label = `${inWords(removed.length)} taken out of “${name}”`;
    const undoId = undo.offer(userId, label, takeBack, { rows: removed.length });
    return { changed: removed.length, undoId };
  }

  /** What is linked to a specialization is a part of it: with any change of that, the specialization has changed. */
  #change<T extends { readonly linked: readonly string[] }>(
    userId: string,
    id: string,
    work: () => Promise<T>,
  ): Promise<T & { readonly name: string }> {
    const { em, audit } = this.#options;
    return inTransaction(em, async () => {
      const specialization = await this.#specializations.lock(userId, id);
      if (!specialization) throw notFound('specialization');
      if (specialization.deletedAt !== null) throw conflict((texts) => texts.failures.specialization.inTrash);
      const done = await work();
      const ids = done.linked.length > 0 ? [id] : [];
      audit.note({ userId, action: 'changed', entity: 'specialization', ids, fields: ['memories'] });
      return { ...done, name: specialization.name };
    });
  }
}

function inWords(count: number): string {
  return count === 1 ? '1 memory' : `${count} memories`;
}
