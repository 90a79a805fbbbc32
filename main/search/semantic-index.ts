import type { Database } from '../database/orm.ts';
import { withClient } from '../database/with-client.ts';
import { Pace } from '../jobs/pace.ts';
import type { Log } from '../logging/log.ts';
import type { StoredModel } from './embedding-queue.ts';

export interface SemanticIndexOptions {
  readonly database: Pick<Database, 'orm' | 'versions'>;
  readonly log: Log;
  /** Below that all vectors are compared, which is exact, and hardly slower. */
  readonly fromPieces?: number;
  /** While more is being read: building it once over all takes half of what adding piece by piece does. */
  readonly fromPiecesWhileReading?: number;
}

const usuallyFromPieces = 1_000;
const usuallyWhileReading = 20_000;
const lookEveryMs = 10_000;
/** With the `hnsw.ef_search` of the connection; `m = 24` takes twice as long to build and gains little. */
const parameters = 'm = 16, ef_construction = 64';
const indexLock = `hashtext('loci semantic index')`;

export const semanticIndexName = (modelId: number | '*'): string => `chunk_embedding_model_${modelId}_index`;

/**
 * The index over the vectors of one model: made once there are many, and kept up by the server from then on. It
 * cannot be in a migration, because each model has vectors of its own length.
 */
export class SemanticIndex {
  readonly #options: SemanticIndexOptions;
  readonly #stopping = new AbortController();
  readonly #pace: Pace;
  readonly #made = new Set<number>();
  #model: StoredModel | undefined;
  #isMoreToCome = false;

  constructor(options: SemanticIndexOptions) {
    this.#options = options;
    this.#pace = new Pace(lookEveryMs, async () => {
      const model = this.#model;
      try {
        if (model) await this.ensure(model, { isMoreToCome: this.#isMoreToCome });
      } catch (error) {
        if (!this.#stopping.signal.aborted) options.log.error('The index of meanings was not made', error);
      }
    });
  }

  /** To be told whenever vectors were stored. Returns at once. */
  keepUp(model: StoredModel, isMoreToCome: boolean): void {
    this.#model = model;
    this.#isMoreToCome = isMoreToCome;
    if (!this.#made.has(model.id)) this.#pace.ask();
  }

  /** What is being built is given up; what is left of it is cleared away at the next start. */
  async stop(): Promise<void> {
    this.#stopping.abort(new Error('stopped'));
    await this.#pace.stop();
  }

  /** Of a model that is removed. */
  async drop(modelId: number): Promise<void> {
    this.#made.delete(modelId);
    await withClient(this.#options.database, this.#stopping.signal, async (client) => {
      await client.query('set lock_timeout to 0; set statement_timeout to 0');
      try {
        await client.query(`drop index concurrently if exists ${semanticIndexName(modelId)}`);
      } finally {
        await client.query(`reset statement_timeout; set lock_timeout to '15s'`).catch(() => undefined);
      }
    });
  }

  /** Makes it anew, if there are enough vectors. */
  async rebuild(model: StoredModel): Promise<void> {
    await this.drop(model.id);
    await this.ensure(model);
  }

  /** @returns whether there is an index now */
  async ensure({ id, dimension }: StoredModel, { isMoreToCome = false } = {}): Promise<boolean> {
    const { database, log } = this.#options;
    const { fromPieces = usuallyFromPieces, fromPiecesWhileReading = usuallyWhileReading } = this.#options;
    const least = isMoreToCome ? fromPiecesWhileReading : fromPieces;
    const index = semanticIndexName(id);
    return withClient(database, this.#stopping.signal, async (client) => {
      const isValid = async () => {
        const { rows } = await client.query<{ valid: boolean }>(
          'select indisvalid as valid from pg_index where indexrelid = to_regclass($1)',
          [index],
        );
        return rows[0]?.valid;
      };
      const isMany = async () => {
        const { rowCount } = await client.query(
          'select from chunk_embedding where model_id = $1 limit 1 offset $2',
          [id, least - 1],
        );
        return rowCount === 1;
      };
      if (await isValid()) {
        this.#made.add(id);
        return true;
      }
      if (!(await isMany())) return false;
      const { rows } = await client.query<{ locked: boolean }>(
        `select pg_try_advisory_lock(${indexLock}) as locked`,
      );
      // Another app that has this library open is making it.
      if (!rows[0]?.locked) return false;
      const startMs = performance.now();
      try {
        // Building takes as long as it takes, and waits for whatever is being read.
        await client.query('set lock_timeout to 0; set statement_timeout to 0');
        if (isBuiltAlone(database.versions.pgvector))
          await client.query('set max_parallel_maintenance_workers to 0');
        // Of a build that was interrupted.
        if ((await isValid()) === false) await client.query(`drop index concurrently ${index}`);
        // Nothing else waits meanwhile: memories are written, embedded, purged.
        await client.query(
          `create index concurrently if not exists ${index} on chunk_embedding
           using hnsw ((embedding::halfvec(${dimension})) halfvec_ip_ops) with (${parameters}) where model_id = ${id}`,
        );
      } finally {
        await client
          .query(
            `reset lock_timeout; reset statement_timeout; reset max_parallel_maintenance_workers;
             set lock_timeout to '15s'; select pg_advisory_unlock(${indexLock})`,
          )
          .catch(() => undefined);
      }
      this.#made.add(id);
      log.info('The index of meanings was made', {
        modelId: id,
        ms: Math.round(performance.now() - startMs),
      });
      return true;
    });
  }
}

/** Up to 0.8.1 parallel builds could write beyond their memory. */
function isBuiltAlone(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  return major === 0 && (minor < 8 || (minor === 8 && patch < 2));
}
