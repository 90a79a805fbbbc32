import { useEffect, useState } from 'react';
import type {
  EmbeddingModelDto,
  ModelCandidate,
  ModelPreparation,
} from '../../shared/schemas/embedding-model.ts';
import type { Job } from '../../shared/schemas/job.ts';
import { coalesced } from './coalesced.ts';
import { reasonOf } from './failure-words.ts';
import { follow, useFollowed, type Followed } from './followed.ts';
import { listen, loci } from './loci.ts';

/** What there is to search by meaning with. */
export interface Models {
  readonly kept: readonly EmbeddingModelDto[];
  readonly preparations: readonly ModelPreparation[];
  /** What came with Loci, if it is none of those. */
  readonly shipped: ModelCandidate | null;
  /** Why the newest could not be read. */
  readonly failure?: string;
}

const buildKind = 'models.build';
/** Counting a large library is not for every memory that was read. */
const pauseMs = 1000;

/** Undefined until they were read for the first time. */
const models: Followed<Models | undefined> = follow<Models | undefined>({
  first: undefined,
  async read() {
    const [kept, preparations, shipped] = await Promise.all([
      loci.models.list(),
      loci.models.preparations(),
      loci.models.shipped(),
    ]);
    return { kept, preparations, shipped };
  },
  listen(_tell, ask) {
    const refresh = coalesced(() => models.refresh(), pauseMs);
    const statuses = new Map<string, Job['status']>();
    const stops = [
      listen('embeddings:progress', refresh),
      listen('user:switched', refresh),
      listen('job:changed', ({ id, kind, status }) => {
        if (kind !== buildKind || statuses.get(id) === status) return;
        statuses.set(id, status);
        ask();
      }),
    ];
    return () => stops.forEach((stop) => stop());
  },
  unreadable: (error) => ({
    kept: [],
    preparations: [],
    shipped: null,
    ...models.current(),
    failure: reasonOf(error),
  }),
});

export const useModels = (): Models | undefined => useFollowed(models);

/** After what main does not announce. */
export const refreshModels = (): Promise<void> => models.refresh();

/** How each preparation is getting on, as far as something was heard of it; `note` is kept beside it. */
export function useBuilds<T>(
  note: (job: Job, before: T | undefined) => T,
): ReadonlyMap<string, { job: Job; noted: T }> {
  const [builds, setBuilds] = useState<ReadonlyMap<string, { job: Job; noted: T }>>(new Map());
  useEffect(
    () =>
      listen('job:changed', (job) => {
        if (job.kind !== buildKind) return;
        setBuilds((known) => new Map(known).set(job.id, { job, noted: note(job, known.get(job.id)?.noted) }));
      }),
    [note],
  );
  return builds;
}
