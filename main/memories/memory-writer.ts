import type { EntityManager } from '@mikro-orm/postgresql';
import { maxTags, type MemoryDto, type VersionCause } from '../../shared/schemas/memory.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import { conflict, notFound } from '../errors/loci-error.ts';
import { TagRepository } from '../tags/tag.repository.ts';
import { tooManyTags } from './kept-text.ts';
import { MemoryLinkRepository } from './memory-link.repository.ts';
import { MemoryVersionRepository } from './memory-version.repository.ts';
import { columnOf, MemoryRepository, type MemoryFields } from './memory.repository.ts';
import { allLinks } from './tag-links.ts';

export interface WrittenMemory extends MemoryFields {
  /** By name. */
  readonly tags: readonly string[];
}

type Wanted = { readonly [F in keyof Omit<WrittenMemory, 'source'>]?: WrittenMemory[F] | undefined } & {
  /** Of the same tags in the same order, where they are known: of those that are still there, the name does not count. */
  readonly tagIds?: readonly string[] | null | undefined;
};

const changeable = [
  'title',
  'content',
  'importance',
  'pinned',
  'occurredAt',
  'sessionId',
  'documentId',
] as const;
const keptInVersions: ReadonlySet<string> = new Set(['title', 'content', 'importance', 'tags']);

/** What every change of one memory has in common; each within the transaction of the service that makes it. */
export class MemoryWriter {
  readonly #audit: AuditTrail;
  readonly #memories: MemoryRepository;
  readonly #versions: MemoryVersionRepository;
  readonly #links: MemoryLinkRepository;
  readonly #tags: TagRepository;

  constructor({ em, audit }: { readonly em: EntityManager; readonly audit: AuditTrail }) {
    this.#audit = audit;
    this.#memories = new MemoryRepository(em);
    this.#versions = new MemoryVersionRepository(em);
    this.#links = new MemoryLinkRepository(em);
    this.#tags = new TagRepository(em);
  }

  async add(userId: string, memory: WrittenMemory): Promise<MemoryDto> {
    const [id = ''] = await this.addAll(userId, [memory]);
    return this.#read(userId, id);
  }

  /** @returns their keys, in the same order */
  async addAll(userId: string, memories: readonly WrittenMemory[]): Promise<string[]> {
    for (const memory of memories) await this.requirePlaces(userId, memory);
    const ids = await this.#memories.insert(userId, memories);
    for (const [at, { tags }] of memories.entries()) {
      if (tags.length === 0) continue;
      const tagIds = await this.#ensureTags(userId, tags);
      if (tagIds.length > maxTags) throw tooManyTags();
      await this.#links.add(allLinks(ids.slice(at, at + 1), tagIds));
    }
    this.#audit.note({ userId, action: 'created', entity: 'memory', ids });
    return ids;
  }

  /** The memory, for whoever has seen its latest state; nobody else changes it meanwhile. */
  async lockSeen(userId: string, id: string, version: number): Promise<MemoryDto> {
    const current = await this.#memories.lock(userId, id);
    if (!current) throw notFound('memory');
    if (current.deletedAt !== null) {
      throw conflict((texts) => texts.failures.memory.inTrash, current);
    }
    if (current.version !== version) {
      throw conflict((texts) => texts.failures.memory.changed, current);
    }
    return current;
  }

  /** Writes what is different from `current`, which must be locked; if nothing is, nothing. */
  async change(
    userId: string,
    current: MemoryDto,
    wanted: Wanted,
    cause: VersionCause,
    { goesOn = false }: { readonly goesOn?: boolean } = {},
  ): Promise<MemoryDto> {
    const { id } = current;
    const fields: Partial<MemoryFields> = Object.fromEntries(
      changeable
        .filter((field) => wanted[field] !== undefined && wanted[field] !== current[field])
        .map((field) => [field, wanted[field]]),
    );
    const tagsBefore = current.tags.map((tag) => tag.id);
    const tags = wanted.tags ? await this.#findTags(userId, wanted.tags, wanted.tagIds ?? []) : tagsBefore;
    const added = tags.filter((tag) => !tagsBefore.includes(tag));
    const removed = tagsBefore.filter((tag) => !tags.includes(tag));

    // One that has more already, from an undo, can be changed to have fewer.
    if (tags.length > maxTags && added.length > 0) throw tooManyTags();

    const columns = changeable.filter((field) => field in fields).map(columnOf);
    if (added.length + removed.length > 0) columns.push('tags');
    if (columns.length === 0) return current;

    await this.requirePlaces(userId, fields);
    const isWritten = columns.some((column) => keptInVersions.has(column));
    if (isWritten && !(goesOn && (await this.#versions.endsWithRecent(id, cause))))
      await this.#versions.keepStates([id], cause);
    else await this.#memories.countVersion(id, { isWritten });
    await this.#memories.change(id, fields);
    await this.#links.remove(allLinks([id], removed));
    await this.#links.add(allLinks([id], added));
    this.#audit.note({ userId, action: 'changed', entity: 'memory', ids: [id], fields: columns });
    return this.#read(userId, id);
  }

  /** The database knows whether a session exists, but not whether it is this person's. */
  async requirePlaces(
    userId: string,
    fields: Pick<Partial<MemoryFields>, 'sessionId' | 'documentId'>,
  ): Promise<void> {
    const { sessionId, documentId } = fields;
    if (sessionId && !(await this.#memories.owns(userId, 'session', sessionId))) throw notFound('session');
    if (documentId && !(await this.#memories.owns(userId, 'document', documentId)))
      throw notFound('document');
  }

  async #findTags(
    userId: string,
    names: readonly string[],
    ids: readonly string[],
  ): Promise<readonly string[]> {
    const known = ids.length === 0 ? new Set<string>() : await this.#links.lockTags(userId, ids);
    const named = await this.#ensureTags(
      userId,
      names.filter((_, index) => !known.has(ids[index] ?? '')),
    );
    return [...new Set([...known, ...named])];
  }

  async #ensureTags(userId: string, names: readonly string[]): Promise<readonly string[]> {
    const { ids, createdIds } = await this.#tags.ensure(userId, names);
    this.#audit.note({ userId, action: 'created', entity: 'tag', ids: createdIds });
    return ids;
  }

  async #read(userId: string, id: string): Promise<MemoryDto> {
    const [memory] = await this.#memories.findByIds(userId, [id]);
    if (!memory) throw notFound('memory');
    return memory;
  }
}
