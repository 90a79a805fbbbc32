import type { LibraryChanges } from '../../shared/schemas/library-changes.ts';
import type { Overview } from '../../shared/schemas/overview.ts';
import type { SavedSearchService } from '../search/saved-search-service.ts';
import type { SessionService } from '../sessions/session-service.ts';
import type { TagService } from '../tags/tag-service.ts';
import type { ServiceParts } from '../undo/service-parts.ts';
import { OverviewRepository } from './overview.repository.ts';

export interface OverviewServiceOptions extends Pick<ServiceParts, 'em' | 'currentUserId'> {
  readonly tags: Pick<TagService, 'list' | 'countUntagged'>;
  readonly sessions: Pick<SessionService, 'current' | 'list'>;
  readonly savedSearches: Pick<SavedSearchService, 'list'>;
}

const latestSessions = 4;

/** Of a person, what was counted and is still so. */
interface Counted {
  readonly of: string;
  readonly memories: ReturnType<OverviewRepository['countMemories']>;
  readonly untagged: Promise<number>;
  readonly tags: ReturnType<TagService['list']>;
}

/**
 * What there is in the library. What takes long to count in a large one is counted again only after a
 * change that can make a difference: whoever writes in a memory changes no count.
 */
export class OverviewService {
  readonly #options: OverviewServiceOptions;
  readonly #counts: OverviewRepository;
  #counted: Partial<Counted> = {};

  constructor(options: OverviewServiceOptions) {
    this.#options = options;
    this.#counts = new OverviewRepository(options.em);
  }

  /** To be told of everything that is saved: from then on it is counted anew. */
  changed({ userId, changes }: LibraryChanges): void {
    if (userId !== this.#counted.of) return;
    const memories = changes.filter(({ entity }) => entity === 'memory');
    const came = memories.some(({ action }) => action !== 'changed');
    const touched = (field: string) => came || memories.some(({ fields }) => fields.includes(field));
    const tagsChanged = changes.some(({ entity }) => entity === 'tag');
    const { memories: counts, untagged, tags, ...rest } = this.#counted;
    this.#counted = {
      ...rest,
      ...(counts && !touched('pinned') ? { memories: counts } : {}),
      ...(untagged && !touched('tags') ? { untagged } : {}),
      ...(tags && !touched('tags') && !tagsChanged ? { tags } : {}),
    };
  }

  async read(): Promise<Overview> {
    const { currentUserId, sessions, savedSearches } = this.#options;
    const userId = currentUserId();
    const [{ memories, pinned, trash }, untagged, tags, current, latest, saved, others] = await Promise.all([
      this.#once(userId, 'memories', () => this.#counts.countMemories(userId)),
      this.#once(userId, 'untagged', () => this.#options.tags.countUntagged()),
      this.#once(userId, 'tags', () => this.#options.tags.list()),
      sessions.current(),
      sessions.list({ limit: latestSessions }),
      savedSearches.list(),
      this.#counts.countOthers(userId),
    ]);
    return {
      memories,
      pinned,
      untagged,
      trash,
      currentSessionId: current?.id ?? null,
      sessions: latest.sessions,
      sessionCount: others.sessions,
      tags,
      savedSearches: saved,
      specializations: others.specializations,
    };
  }

  /** The answer that holds, or one that is under way; a failure is nothing to keep. */
  #once<K extends 'memories' | 'untagged' | 'tags'>(
    userId: string,
    what: K,
    count: () => Counted[K],
  ): Counted[K] {
    if (this.#counted.of !== userId) this.#counted = { of: userId };
    const known: Counted[K] | undefined = this.#counted[what];
    if (known) return known;
    const counting = count();
    this.#counted = { ...this.#counted, [what]: counting };
    counting.catch(() => {
      if (this.#counted[what] === counting) this.#counted = { ...this.#counted, [what]: undefined };
    });
    return counting;
  }
}
