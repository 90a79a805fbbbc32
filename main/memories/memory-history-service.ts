import type { ServiceParts } from '../undo/service-parts.ts';
import type {
  MemoryComparison,
  MemoryDto,
  MemoryVersionSummary,
  VersionsQuery,
} from '../../shared/schemas/memory.ts';
import { diffWords } from '../../shared/text/word-diff.ts';
import { inTransaction } from '../database/transaction.ts';
import { notFound } from '../errors/loci-error.ts';
import { MemoryVersionRepository, type KeptState } from './memory-version.repository.ts';
import { MemoryWriter } from './memory-writer.ts';

/** What memories were like before; nothing here is ever taken away but with the memory itself. */
export class MemoryHistoryService {
  readonly #options: ServiceParts;
  readonly #versions: MemoryVersionRepository;
  readonly #writer: MemoryWriter;

  constructor(options: ServiceParts) {
    this.#options = options;
    this.#versions = new MemoryVersionRepository(options.em);
    this.#writer = new MemoryWriter(options);
  }

  /** Earlier states, the latest first; what it is now is not among them. */
  async list({ id, before, limit = 50 }: VersionsQuery): Promise<MemoryVersionSummary[]> {
    return this.#versions.findVersions(this.#options.currentUserId(), id, before, limit);
  }

  /** Word by word, what changed from one version to another. */
  async compare(id: string, fromNumber: number, toNumber: number): Promise<MemoryComparison> {
    const userId = this.#options.currentUserId();
    const { content: before, tagIds: _from, ...from } = await this.#findState(userId, id, fromNumber);
    const { content: after, tagIds: _to, ...to } = await this.#findState(userId, id, toNumber);
    return {
      from,
      to,
      title: diffWords(from.title ?? '', to.title ?? ''),
      content: diffWords(before, after),
    };
  }

  /** A change like any other: what the memory is now becomes a version, and nothing in between is lost. */
  async restore(id: string, version: number, number: number): Promise<MemoryDto> {
    const userId = this.#options.currentUserId();
    return inTransaction(this.#options.em, async () => {
      const current = await this.#writer.lockSeen(userId, id, version);
      const state = await this.#findState(userId, id, number);
      return this.#writer.change(userId, current, state, 'restore');
    });
  }

  async #findState(userId: string, id: string, number: number): Promise<KeptState> {
    const state = await this.#versions.findState(userId, id, number);
    if (!state) throw notFound('version');
    return state;
  }
}
