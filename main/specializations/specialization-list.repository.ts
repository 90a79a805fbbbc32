import type { EntityManager } from '@mikro-orm/postgresql';
import type { SpecializationRow } from '../../shared/schemas/specialization-list.ts';
import { isoTime } from '../database/sql-values.ts';
import { runPrepared } from '../database/prepared-query.ts';
import { isCopy } from './stored-adapter.ts';

export interface ListedSpecialization {
  readonly row: SpecializationRow;
  readonly tensorHash: string | null;
}

interface Columns extends Omit<SpecializationRow, 'isCopy'> {
  readonly modelPath: string | null;
  readonly tensorHash: string | null;
  readonly [column: string]: unknown;
}

/** Links are counted in one go: specialization by specialization it takes as long again as all the rest. */
const columns = `s.id, s.name, s.domain, s.tags, s.status, s.format, s.base_model as "baseModel", s.rank, s.dtype,
  coalesce(s.target_modules, '{}') as targets, s.file_size_bytes::float8 as "fileSizeBytes",
  s.parameter_count::float8 as "parameterCount", coalesce(c.training, 0) as training,
  coalesce(c.reference, 0) as reference, s.version, ${isoTime('s.created_at')} as "createdAt",
  ${isoTime('s.updated_at')} as "updatedAt", s.model_path as "modelPath", encode(s.tensor_hash, 'hex') as "tensorHash"`;
const countedLinks = (which: string) => `(
    select l.specialization_id, count(*) filter (where l.role = 'training')::int as training,
      count(*) filter (where l.role = 'reference')::int as reference
    from specialization_memory l join specialization o on o.id = l.specialization_id
      join memory m on m.id = l.memory_id
    where ${which} and m.deleted_at is null group by l.specialization_id) c on c.specialization_id = s.id`;

/** Specializations as lists show them: thousands at once. */
export class SpecializationListRepository {
  readonly #em: EntityManager;

  constructor(em: EntityManager) {
    this.#em = em;
  }

  /** The newest first. */
  async findAll(userId: string, trashed: boolean): Promise<ListedSpecialization[]> {
    const rows = await runPrepared<Columns>(this.#em, {
      name: 'loci_specialization_rows',
      sql: `select ${columns} from specialization s left join ${countedLinks('o.user_id = $1::uuid')}
        where s.user_id = $1::uuid and (s.deleted_at is not null) = $2
        order by s.created_at desc, s.id desc`,
      values: [userId, trashed],
    });
    return rows.map(toListed);
  }

  /** Of these, in the order asked for; also from the trash. */
  async findRows(userId: string, ids: readonly string[], signal?: AbortSignal): Promise<SpecializationRow[]> {
    if (ids.length === 0) return [];
    const rows = await runPrepared<Columns>(
      this.#em,
      {
        name: 'loci_specialization_rows_of',
        sql: `select ${columns} from unnest($2::uuid[]) with ordinality w(id, place) join specialization s on s.id = w.id
          left join ${countedLinks('o.id = any($2::uuid[])')}
          where s.user_id = $1::uuid order by w.place`,
        values: [userId, [...ids]],
      },
      signal,
    );
    return rows.map((row) => toListed(row).row);
  }

  /** Memories outside of the trash that both have. */
  async countShared(userId: string, one: string, other: string): Promise<number> {
    const [row] = await runPrepared<{ count: number }>(this.#em, {
      sql: `select count(*)::int as count from specialization_memory a
          join specialization_memory b on b.memory_id = a.memory_id and b.specialization_id = $3::uuid
          join memory m on m.id = a.memory_id
        where a.specialization_id = $2::uuid and m.user_id = $1::uuid and m.deleted_at is null`,
      values: [userId, one, other],
    });
    return row?.count ?? 0;
  }
}

function toListed({ modelPath, tensorHash, ...row }: Columns): ListedSpecialization {
  return { row: { ...row, isCopy: modelPath !== null && isCopy(modelPath) }, tensorHash };
}
