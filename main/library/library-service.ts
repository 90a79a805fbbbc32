import type { EntityManager } from '@mikro-orm/postgresql';
import type { LibraryPart, LibraryReport } from '../../shared/schemas/library.ts';
import type { JobService } from '../jobs/job-service.ts';
import { libraryJobKinds } from './library-jobs.ts';
import { LibraryRepository } from './library.repository.ts';
import { partOfTable } from './table-parts.ts';

export interface LibraryServiceOptions {
  readonly em: EntityManager;
  readonly currentUserId: () => string;
  /** One that knows `libraryJobs`. */
  readonly jobs: Pick<JobService, 'start'>;
}

/** What the library as a whole takes up, and whether it is whole. */
export class LibraryService {
  readonly #options: LibraryServiceOptions;
  readonly #repository: LibraryRepository;

  constructor(options: LibraryServiceOptions) {
    this.#options = options;
    this.#repository = new LibraryRepository(options.em);
  }

  async report(): Promise<LibraryReport> {
    const [tables, total, counts] = await Promise.all([
      this.#repository.findSizes(),
      this.#repository.databaseBytes(),
      this.#repository.count(this.#options.currentUserId()),
    ]);
    const sizes = new Map<LibraryPart, number>();
    for (const { name, bytes } of tables) {
      const part = partOfTable(name);
      sizes.set(part, (sizes.get(part) ?? 0) + bytes);
    }
    const known = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
    sizes.set('outside', Math.max(0, total - known));
    const parts = [...sizes].map(([part, bytes]) => ({ part, bytes })).toSorted((a, b) => b.bytes - a.bytes);
    return { parts, counts };
  }

  check(): Promise<{ jobId: string }> {
    return this.#options.jobs.start(libraryJobKinds.check);
  }

  rebuild(): Promise<{ jobId: string }> {
    return this.#options.jobs.start(libraryJobKinds.rebuild);
  }
}
