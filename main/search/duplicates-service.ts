import type { DuplicateList, DuplicatesRequest, DuplicatesSearch } from '../../shared/schemas/duplicates.ts';
import type { MemorySummary } from '../../shared/schemas/memory.ts';
import type { Undoable } from '../../shared/schemas/undo.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Embedder } from '../embedding/embedder.ts';
import { notFound } from '../errors/loci-error.ts';
import type { JobService } from '../jobs/job-service.ts';
import type { UndoableServiceParts } from '../undo/service-parts.ts';
import { findDuplicatesKind } from './duplicates-finder.ts';
import { type DuplicateGroup, groupDuplicates } from './duplicates-groups.ts';
import { DuplicatesRepository } from './duplicates.repository.ts';
import { findComparingModel } from './related-model.ts';
import { SearchRepository } from './search.repository.ts';

export interface DuplicatesServiceOptions extends UndoableServiceParts {
  readonly embedder: Pick<Embedder, 'status'>;
  /** One that knows `duplicatesFinder`. */
  readonly jobs: Pick<JobService, 'start'>;
}

/** More than anybody looks through; they take a few megabytes while they are grouped. */
const mostPairs = 20_000;
const mostGroups = 5_000;
const mostDistinctions = 100_000;
const mostShown = 50;
const mostCounted = 10_000_000;

/** Memories that say the same, for a person to look through. */
export class DuplicatesService {
  readonly #options: DuplicatesServiceOptions;
  readonly #repository: DuplicatesRepository;
  readonly #memories: SearchRepository;

  constructor(options: DuplicatesServiceOptions) {
    this.#options = options;
    this.#repository = new DuplicatesRepository(options.em);
    this.#memories = new SearchRepository(options.em);
  }

  async list({ limit = 20, offset = 0 }: DuplicatesRequest): Promise<DuplicateList> {
    const { em, embedder, currentUserId } = this.#options;
    const userId = currentUserId();
    const [copies, pairs, distinctions, model] = await Promise.all([
      this.#repository.findCopies(userId, mostGroups),
      this.#repository.findPairs(userId, mostPairs),
      this.#repository.findDistinctions(userId, mostDistinctions),
      findComparingModel(em, embedder),
    ]);
    const waiting = model ? await this.#repository.countQueued(userId, model, mostCounted) : 0;
    const groups = groupDuplicates(copies, pairs, distinctions);
    const page = groups.slice(offset, offset + limit);
    const shown = page.map((group) => group.ids.slice(0, mostShown));
    const summaries = await this.#memories.findSummaries(userId, shown.flat());
    return {
      groups: page.map(({ ids, ...group }: DuplicateGroup, index) => ({
        ...group,
        count: ids.length,
        memories: (shown[index] ?? []).flatMap((id) => summaries.get(id) ?? []).toSorted(byWorth),
      })),
      total: groups.length,
      areMore: pairs.length === mostPairs || copies.length === mostGroups,
      waiting,
    };
  }

  find({ again = false }: DuplicatesSearch): Promise<{ jobId: string }> {
    return this.#options.jobs.start(findDuplicatesKind, { again });
  }

  /** From then on none of them is taken for a duplicate of another of them. */
  async keepApart(ids: readonly string[]): Promise<Undoable> {
    const { em, undo, currentUserId } = this.#options;
    const userId = currentUserId();
    const asked = [...new Set(ids)];
    const { added } = await inTransaction(em, async () => {
      const own = await this.#repository.lockOwn(userId, asked);
      if (own.length < asked.length) throw notFound('memory');
      const distinctions = await this.#repository.addDistinctions(own);
      if (distinctions.length > 0) this.#note(userId, own);
      return { added: distinctions };
    });
    const undoId = undo.offer(
      userId,
      `${asked.length} memories kept apart`,
      () =>
        inTransaction(em, async () => {
          const own = await this.#repository.lockOwn(userId, asked);
          await this.#repository.removeDistinctions(added);
          if (added.length > 0) this.#note(userId, own);
        }),
      { rows: added.length },
    );
    return { undoId };
  }

  #note(userId: string, ids: readonly string[]): void {
    this.#options.audit.note({ userId, action: 'changed', entity: 'memory', ids, fields: ['distinctions'] });
  }
}

/** What a person has pinned or weighed is what they know; the older one is what others point to. */
function byWorth(a: MemorySummary, b: MemorySummary): number {
  return (
    Number(b.pinned) - Number(a.pinned) ||
    b.importance - a.importance ||
    b.version - a.version ||
    a.createdAt.localeCompare(b.createdAt) ||
    (a.id < b.id ? -1 : 1)
  );
}
