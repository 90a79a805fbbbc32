import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { inTransaction } from '../database/transaction.ts';
import type { Embedder } from '../embedding/embedder.ts';
import { defineRunner, type JobRunner } from '../jobs/job-runner.ts';
import { Pace } from '../jobs/pace.ts';
import type { Log } from '../logging/log.ts';
import { DuplicatesRepository } from './duplicates.repository.ts';
import { areNearDuplicates, leastSimilarity, overlapOf } from './duplicates-likeness.ts';
import { type ComparingModel, findComparingModel } from './related-model.ts';

export const findDuplicatesKind = 'duplicates.find';

/** A third of a second of work, after which others get in between. */
const batchSize = 100;
/** What more there is waits until a person asks for it: comparing a whole library takes minutes. */
export const mostByTheWay = 500;
const byTheWayEveryMs = 5_000;
/** More than there ever are, and a number that is counted in no time. */
const mostCounted = 10_000_000;

export interface FinderParts {
  readonly em: EntityManager;
  readonly embedder: Pick<Embedder, 'status'>;
}

/** Compares some of those that wait. Undefined: there are none. */
export async function compareSome(
  em: EntityManager,
  userId: string,
  model: ComparingModel,
): Promise<{ readonly compared: number; readonly pairs: number } | undefined> {
  const repository = new DuplicatesRepository(em);
  return inTransaction(em, async () => {
    const queued = await repository.findQueued(userId, model, batchSize);
    if (queued.length === 0) return undefined;
    const ids = queued.flatMap(({ id, isLive }) => (isLive ? id : []));
    const candidates = ids.length > 0 ? await repository.findCandidates(userId, model, ids) : [];
    const measured = await repository.measure(model, candidates, leastSimilarity);
    const pairs = measured
      .filter(areNearDuplicates)
      .map((each) => ({ ...each, overlap: overlapOf(each) }))
      .map(({ memoryId, otherId, similarity, overlap }) => ({ memoryId, otherId, similarity, overlap }));
    await repository.replacePairs(ids, pairs);
    await repository.unqueue(model, queued);
    return { compared: ids.length, pairs: pairs.length };
  });
}

/** What is still to be compared is in the library itself: an interruption loses nothing, and nothing is done twice. */
export function duplicatesFinder({ em, embedder }: FinderParts): JobRunner {
  return defineRunner({
    kind: findDuplicatesKind,
    parameters: z.strictObject({ again: z.boolean().default(false) }),
    checkpoint: z.strictObject({ queued: z.literal(true) }),
    async run({ userId, parameters, checkpoint, report, pausePoint, saveCheckpoint }) {
      const model = await findComparingModel(em, embedder);
      if (!model) return { compared: 0, pairs: 0 };
      const repository = new DuplicatesRepository(em);
      if (parameters.again && !checkpoint) {
        await inTransaction(em, async () => {
          await repository.queueAll(userId, model);
          await saveCheckpoint({ queued: true });
        });
      }
      const total = await repository.countQueued(userId, model, mostCounted);
      report({ progress: 0, total });
      const done = { compared: 0, pairs: 0 };
      for (;;) {
        await pausePoint();
        const some = await compareSome(em, userId, model);
        if (!some) return done;
        done.compared += some.compared;
        done.pairs += some.pairs;
        report({ progress: done.compared, total: Math.max(total, done.compared) });
      }
    },
  });
}

export interface DuplicatesKeeperOptions extends FinderParts {
  readonly currentUserId: () => string;
  readonly inContext: <T>(work: () => Promise<T>) => Promise<T>;
  readonly log: Log;
  /** After some were compared. */
  readonly onCompared?: () => void;
}

/** Compares what is new by the way, as long as it is little. */
export class DuplicatesKeeper {
  readonly #options: DuplicatesKeeperOptions;
  readonly #pace: Pace;
  #isStopped = false;

  constructor(options: DuplicatesKeeperOptions) {
    this.#options = options;
    this.#pace = new Pace(byTheWayEveryMs, () =>
      options
        .inContext(() => this.compare())
        .catch((error: unknown) => options.log.error('New memories were not compared', error)),
    );
  }

  /** To be told when memories were embedded. Returns at once. */
  wake(): void {
    this.#pace.ask();
  }

  async compare(): Promise<void> {
    const { em, embedder, currentUserId } = this.#options;
    const userId = currentUserId();
    const model = await findComparingModel(em, embedder);
    if (!model) return;
    const count = await new DuplicatesRepository(em).countQueued(userId, model, mostByTheWay + 1);
    if (count === 0 || count > mostByTheWay) return;
    while (!this.#isStopped && (await compareSome(em, userId, model)));
    this.#options.onCompared?.();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#pace.stop();
  }
}
