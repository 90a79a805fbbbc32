import { maxTags, type MemoryDto, type MemoryMerge, type MergedMemory } from '../../shared/schemas/memory.ts';
import { inTransaction } from '../database/transaction.ts';
import { invalidInput } from '../errors/loci-error.ts';
import type { UndoableServiceParts } from '../undo/service-parts.ts';
import { rowsOfTexts, type Leftover } from '../undo/undo-stack.ts';
import { keptContent, keptTitle, requireText, tooManyTags } from './kept-text.ts';
import { MemoryBulkRepository } from './memory-bulk.repository.ts';
import { MemoryLinkRepository } from './memory-link.repository.ts';
import { MemoryMergeRepository } from './memory-merge.repository.ts';
import { MemoryVersionRepository } from './memory-version.repository.ts';
import { MemoryWriter } from './memory-writer.ts';
import { columnOf, MemoryRepository, type MemoryFields } from './memory.repository.ts';
import { allLinks, countLeft, type TagLinks } from './tag-links.ts';

/** What is needed to take a merge back. */
interface Merged {
  readonly before: MemoryDto;
  readonly after: MemoryDto;
  readonly otherIds: readonly string[];
  /** When the others came into the trash. */
  readonly trashedAt: string;
  /** Which of its versions were theirs. */
  readonly adopted: { readonly first: number; readonly count: number };
  readonly specializationIds: readonly string[];
  /** With tags that only the others were under, and when. */
  readonly newLinks: TagLinks;
  readonly linkedAt: string;
}

const joinedFields = [
  'title',
  'content',
  'importance',
  'pinned',
  'occurredAt',
  'sessionId',
  'documentId',
] as const;
type Joined = Pick<MemoryFields, (typeof joinedFields)[number]>;

/**
 * Makes one memory of several. It has the history of all of them, their tags and places, and what is most important
 * of each, and dates from when the first of them did; the others go to the trash, whole as they are.
 */
export class MemoryMergeService {
  readonly #options: UndoableServiceParts;
  readonly #memories: MemoryRepository;
  readonly #versions: MemoryVersionRepository;
  readonly #links: MemoryLinkRepository;
  readonly #bulk: MemoryBulkRepository;
  readonly #merges: MemoryMergeRepository;
  readonly #writer: MemoryWriter;

  constructor(options: UndoableServiceParts) {
    const { em } = options;
    this.#options = options;
    this.#memories = new MemoryRepository(em);
    this.#versions = new MemoryVersionRepository(em);
    this.#links = new MemoryLinkRepository(em);
    this.#bulk = new MemoryBulkRepository(em);
    this.#merges = new MemoryMergeRepository(em);
    this.#writer = new MemoryWriter(options);
  }

  /** Each of them must have been seen as it now is. */
  async merge({ id, version, others, title, content }: MemoryMerge): Promise<MergedMemory> {
    const seen = new Map([{ id, version }, ...others].map((each) => [each.id, each.version]));
    if (seen.size <= others.length) {
      throw invalidInput('others', (texts) => texts.failures.memory.mergedWithItself);
    }
    const userId = this.#options.currentUserId();
    const text = {
      title: title === undefined ? undefined : keptTitle(title),
      content: content === undefined ? undefined : keptContent(content),
    };
    const merged = await inTransaction(this.#options.em, () => this.#merge(userId, id, seen, text));
    const count = merged.otherIds.length;
    const undoId = this.#options.undo.offer(
      userId,
      count === 1 ? 'Two memories merged' : `${count + 1} memories merged`,
      () => inTransaction(this.#options.em, () => this.#takeBack(userId, merged)),
      { rows: count + 1 + rowsOfTexts([merged.before.content, merged.after.content]) },
    );
    return { memory: merged.after, undoId };
  }

  async #merge(
    userId: string,
    id: string,
    seen: ReadonlyMap<string, number>,
    text: { readonly title?: string | null | undefined; readonly content?: string | undefined },
  ): Promise<Merged> {
    const { audit } = this.#options;
    const locked = new Map<string, MemoryDto>();
    // In one order, or two merges the opposite way would wait for each other.
    for (const each of [...seen.keys()].toSorted()) {
      locked.set(each, await this.#writer.lockSeen(userId, each, seen.get(each) ?? 0));
    }
    const before = locked.get(id);
    if (!before) throw new Error('It was locked above');
    const others = [...seen.keys()].flatMap((each) => (each === id ? [] : (locked.get(each) ?? [])));
    const otherIds = others.map((each) => each.id);

    const joined = joinedOf(before, others, text);
    requireText(joined);
    const changed = joinedFields.filter((field) => joined[field] !== before[field]);
    const has = new Set(before.tags.map((tag) => tag.id));
    const newTags = new Set(
      others.flatMap(({ tags }) => tags.map((tag) => tag.id).filter((tag) => !has.has(tag))),
    );
    if (newTags.size > 0 && has.size + newTags.size > maxTags) throw tooManyTags();

    await this.#versions.keepStates([id], 'merge');
    const first = before.version + 1;
    const count = await this.#merges.adoptStates(id, first, otherIds);
    await this.#memories.change(id, Object.fromEntries(changed.map((field) => [field, joined[field]])));
    const newLinks = allLinks([id], newTags);
    const linkedAt = await this.#links.add(newLinks);
    const specializationIds = await this.#merges.joinSpecializations(userId, id, otherIds);
    const trashedAt = new Date().toISOString();
    await this.#bulk.set(otherIds, 'deleted_at', trashedAt);

    const fields = ['versions', ...changed.map(columnOf), ...(newTags.size > 0 ? ['tags'] : [])];
    audit.note({ userId, action: 'changed', entity: 'memory', ids: [id], fields });
    audit.note({ userId, action: 'trashed', entity: 'memory', ids: otherIds, fields: ['deleted_at'] });
    this.#noteSpecializations(userId, specializationIds);
    const [after] = await this.#memories.findByIds(userId, [id]);
    if (!after) throw new Error('It is locked');
    const adopted = { first, count };
    return { before, after, otherIds, trashedAt, adopted, specializationIds, newLinks, linkedAt };
  }

  /** The others come back in any case; the one they went into is left alone if it was changed since. */
  async #takeBack(userId: string, merged: Merged): Promise<Leftover> {
    const { audit } = this.#options;
    const { before, after, otherIds, trashedAt, adopted, specializationIds, newLinks, linkedAt } = merged;
    const { id } = before;
    // In one order with the others, as when they were merged.
    await this.#bulk.lockKept(userId, [id]);
    const now = await this.#memories.lock(userId, id);
    const still = await this.#bulk.lockStill(userId, otherIds, 'deleted_at', trashedAt);
    if (still.length > 0) await this.#bulk.set(still, 'deleted_at', null);
    audit.note({ userId, action: 'restored', entity: 'memory', ids: still, fields: ['deleted_at'] });
    const left = otherIds.length - still.length;
    // Where one of them is gone for good, its history is nowhere else.
    if (left > 0 || !now || !isSame(now, after)) return { notUndone: left + 1 };
    const links = await this.#links.find(newLinks, { there: true, of: [id], madeAt: linkedAt });
    if (countLeft(newLinks, links) > 0) return { notUndone: 1 };

    const changed = joinedFields.filter((field) => before[field] !== after[field]);
    await this.#versions.keepStates([id], 'undo');
    await this.#memories.change(id, Object.fromEntries(changed.map((field) => [field, before[field]])));
    await this.#links.remove(links);
    await this.#merges.giveBackStates(id, adopted.first, adopted.count);
    const leftSpecializations = await this.#merges.leaveSpecializations(userId, id, specializationIds);
    const fields = ['versions', ...changed.map(columnOf), ...(links.underTags.length > 0 ? ['tags'] : [])];
    audit.note({ userId, action: 'changed', entity: 'memory', ids: [id], fields });
    this.#noteSpecializations(userId, leftSpecializations);
    return { notUndone: 0 };
  }

  #noteSpecializations(userId: string, ids: readonly string[]): void {
    this.#options.audit.note({
      userId,
      action: 'changed',
      entity: 'specialization',
      ids,
      fields: ['memories'],
    });
  }
}

/** By what a person wants of it: versions are counted by undoing as well. */
function isSame(now: MemoryDto, after: MemoryDto): boolean {
  const tags = new Set(now.tags.map((tag) => tag.id));
  return (
    now.deletedAt === null &&
    joinedFields.every((field) => now[field] === after[field]) &&
    tags.size === after.tags.length &&
    after.tags.every((tag) => tags.has(tag.id))
  );
}

function joinedOf(
  memory: MemoryDto,
  others: readonly MemoryDto[],
  { title, content }: { readonly title?: string | null | undefined; readonly content?: string | undefined },
): Joined {
  const all = [memory, ...others];
  return {
    title: title === undefined ? memory.title : title,
    content: content ?? memory.content,
    importance: Math.max(...all.map(({ importance }) => importance)),
    pinned: all.some(({ pinned }) => pinned),
    occurredAt: all.map((each) => each.occurredAt).reduce(earlier),
    sessionId: all.find(({ sessionId }) => sessionId !== null)?.sessionId ?? null,
    documentId: all.find(({ documentId }) => documentId !== null)?.documentId ?? null,
  };
}

const earlier = (a: string, b: string): string => (Date.parse(b) < Date.parse(a) ? b : a);
