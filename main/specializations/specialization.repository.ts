import type { EntityManager } from '@mikro-orm/postgresql';
import type { PageCursor } from '../../shared/schemas/page.ts';
import type { AdapterFormat, Specialization } from '../../shared/schemas/specialization.ts';
import { isoTime, textArray, uuidArray } from '../database/sql-values.ts';

/** What a specialization's adapter file says, and where it lies. Hashes are in hexadecimal. */
export interface AdapterFacts extends Pick<Specialization, 'status'> {
  /** As `toldAsText` keeps it. */
  readonly problem: string | null;
  readonly modelPath: string | null;
  readonly format: AdapterFormat | null;
  readonly baseModel: string | null;
  readonly rank: number | null;
  readonly alpha: number | null;
  readonly targetModules: readonly string[] | null;
  readonly dtype: string | null;
  readonly parameterCount: number | null;
  readonly fileSizeBytes: number | null;
  readonly sha256: string | null;
  readonly tensorHash: string | null;
  readonly adapterConfig: Readonly<Record<string, unknown>> | null;
}

export type SpecializationFields = AdapterFacts &
  Pick<Specialization, 'name' | 'description' | 'domain' | 'tags'>;
export type SpecializationField = keyof SpecializationFields;

/** The specialization that a copy is of. */
export interface CopyOwner {
  readonly userId: string;
  readonly id: string;
}

/** Which adapter is whose: what the copies of a library are for. */
export interface AdapterPlace extends CopyOwner {
  readonly modelPath: string | null;
}

/** As it stands in the table. */
export interface SpecializationRow extends Omit<Specialization, 'problem'> {
  readonly problem: string | null;
  readonly modelPath: string | null;
  readonly adapterConfig: Readonly<Record<string, unknown>> | null;
}

export interface CountedSpecializationRow extends Omit<SpecializationRow, 'adapterConfig'> {
  readonly training: number;
  readonly reference: number;
}

/** An adapter as its file is looked for. */
export interface StoredAdapter {
  readonly id: string;
  readonly modelPath: string;
  readonly status: Specialization['status'];
  readonly files: unknown;
}

/** The column of each field, and how it is written. */
const writing: Readonly<Record<SpecializationField, readonly [column: string, value: string]>> = {
  name: ['name', '?'],
  description: ['description', '?'],
  domain: ['domain', '?'],
  tags: ['tags', '?::text[]'],
  modelPath: ['model_path', '?'],
  format: ['format', '?'],
  baseModel: ['base_model', '?'],
  rank: ['rank', '?'],
  alpha: ['alpha', '?'],
  targetModules: ['target_modules', '?::text[]'],
  dtype: ['dtype', '?'],
  parameterCount: ['parameter_count', '?'],
  fileSizeBytes: ['file_size_bytes', '?'],
  sha256: ['sha256', `decode(?, 'hex')`],
  tensorHash: ['tensor_hash', `decode(?, 'hex')`],
  adapterConfig: ['adapter_config', '?::jsonb'],
  status: ['status', '?'],
  problem: ['problem', '?'],
};
export const specializationFields = Object.keys(writing).filter(isField);
export const columnOf = (field: SpecializationField): string => writing[field][0];

/** Sizes lie far below where a double loses whole numbers. */
const columns = `s.id, s.name, s.description, s.domain, s.tags, s.model_path as "modelPath", s.format,
  s.base_model as "baseModel", s.rank, s.alpha, s.target_modules as "targetModules", s.dtype,
  s.parameter_count::float8 as "parameterCount", s.file_size_bytes::float8 as "fileSizeBytes",
  encode(s.sha256, 'hex') as sha256, encode(s.tensor_hash, 'hex') as "tensorHash",
  s.status, s.problem, s.version, ${isoTime('s.created_at')} as "createdAt",
  ${isoTime('s.updated_at')} as "updatedAt", ${isoTime('s.deleted_at')} as "deletedAt"`;
/** All that is known of the adapter is too much for a list. */
const allColumns = `${columns}, s.adapter_config as "adapterConfig"`;
const countedFrom = `specialization s cross join lateral (
    select count(*) filter (where l.role = 'training')::int as training,
      count(*) filter (where l.role = 'reference')::int as reference
    from specialization_memory l join memory m on m.id = l.memory_id
    where l.specialization_id = s.id and m.deleted_at is null) c`;

export class SpecializationRepository {
  readonly #em: EntityManager;

  constructor(em: EntityManager) {
    this.#em = em;
  }

  async findNewest(
    userId: string,
    trashed: boolean,
    limit: number,
    after: PageCursor | undefined,
  ): Promise<CountedSpecializationRow[]> {
    return this.#em.execute(
      `select ${columns}, c.* from ${countedFrom}
       where s.user_id = ? and (s.deleted_at is not null) = ?
         ${after ? 'and (s.created_at, s.id) < (?::timestamptz, ?::uuid)' : ''}
       order by s.created_at desc, s.id desc limit ?`,
      [userId, trashed, ...(after ? [after.time, after.id] : []), limit],
    );
  }

  /** In the order asked for. */
  async findByIds(userId: string, ids: readonly string[]): Promise<CountedSpecializationRow[]> {
    return this.#em.execute(
      `select ${columns}, c.* from ${countedFrom} join unnest(?::uuid[]) with ordinality as o(id, place) using (id)
       where s.user_id = ? order by o.place`,
      [uuidArray(ids), userId],
    );
  }

  /** Of those outside of the trash. */
  async findByName(userId: string, name: string): Promise<{ id: string; name: string } | undefined> {
    const [found] = await this.#em.execute<{ id: string; name: string }[]>(
      'select id, name from specialization where user_id = ? and lower(name) = lower(?) and deleted_at is null',
      [userId, name],
    );
    return found;
  }

  /** Those outside of the trash that have an adapter, with what its files were like. */
  async findAdapters(userId: string): Promise<StoredAdapter[]> {
    return this.#em.execute(
      `select id, model_path as "modelPath", status, adapter_config -> 'files' as files from specialization
       where user_id = ? and model_path is not null and deleted_at is null`,
      [userId],
    );
  }

  /** Those whose file is there and has not been read through. */
  async findUnhashed(userId: string): Promise<string[]> {
    const rows = await this.#em.execute<{ id: string }[]>(
      `select id from specialization where user_id = ? and status = 'ready' and sha256 is null
         and model_path is not null and deleted_at is null order by id`,
      [userId],
    );
    return rows.map(({ id }) => id);
  }

  async findPlaces(): Promise<AdapterPlace[]> {
    return this.#em.execute<AdapterPlace[]>(
      'select user_id as "userId", id, model_path as "modelPath" from specialization',
    );
  }

  /** Of those that have no row: what was removed for good, alone or with its person. */
  async findGone(owners: readonly CopyOwner[]): Promise<CopyOwner[]> {
    return this.#em.execute<CopyOwner[]>(
      `select o."userId", o.id from jsonb_to_recordset(?::jsonb) as o ("userId" uuid, id uuid)
       where not exists (select from specialization s where s.id = o.id)
         and exists (
           select from audit_event e
           where e.entity_id = o.id and e.user_id = o."userId" and e.entity = 'specialization' and e.action = 'purged'
             or e.entity_id = o."userId" and e.entity = 'app_user' and e.action = 'deleted')`,
      [JSON.stringify(owners)],
    );
  }

  async findTakenNames(userId: string): Promise<string[]> {
    const rows = await this.#em.execute<{ name: string }[]>(
      'select name from specialization where user_id = ? and deleted_at is null',
      [userId],
    );
    return rows.map(({ name }) => name);
  }

  /** Nobody else changes it, or links a memory to it, before the transaction is over. */
  async lock(userId: string, id: string): Promise<SpecializationRow | undefined> {
    const [found] = await this.#em.execute<SpecializationRow[]>(
      `select ${allColumns} from specialization s where s.user_id = ? and s.id = ? for update`,
      [userId, id],
    );
    return found;
  }

  async add(userId: string, fields: Partial<SpecializationFields>): Promise<SpecializationRow> {
    const given = givenFields(fields);
    const [added] = await this.#em.execute<SpecializationRow[]>(
      `insert into specialization as s (id, user_id, ${given.map(({ column }) => column).join(', ')})
       values (uuid_v7(), ?, ${given.map(({ value }) => value).join(', ')}) returning ${allColumns}`,
      [userId, ...given.map(({ param }) => param)],
    );
    if (!added) throw new Error('A row that was added came back empty');
    return added;
  }

  /** Counts a new version. */
  async change(
    userId: string,
    id: string,
    fields: Partial<SpecializationFields>,
  ): Promise<SpecializationRow | undefined> {
    const given = givenFields(fields);
    const [changed] = await this.#em.execute<SpecializationRow[]>(
      `update specialization s set version = version + 1,
         ${given.map(({ column, value }) => `${column} = ${value}`).join(', ')}
       where s.user_id = ? and s.id = ? returning ${allColumns}`,
      [...given.map(({ param }) => param), userId, id],
    );
    return changed;
  }
}

function givenFields(
  fields: Partial<SpecializationFields>,
): { column: string; value: string; param: unknown }[] {
  return specializationFields
    .filter((field) => fields[field] !== undefined)
    .map((field) => {
      const [column, value] = writing[field];
      const given = fields[field];
      if (Array.isArray(given)) return { column, value, param: textArray(given) };
      if (typeof given === 'object' && given !== null) return { column, value, param: JSON.stringify(given) };
      return { column, value, param: given };
    });
}

function isField(key: string): key is SpecializationField {
  return key in writing;
}
