import type { EntityManager } from '@mikro-orm/postgresql';
import type {
  LinkedMemoriesRequest,
  MemoryRole,
  SpecializationOfMemory,
} from '../../shared/schemas/specialization.ts';
import { textArray, uuidArray } from '../database/sql-values.ts';

export interface MemoryLink {
  readonly memoryId: string;
  readonly role: MemoryRole;
}

export class SpecializationMemoryRepository {
  readonly #em: EntityManager;

  constructor(em: EntityManager) {
    this.#em = em;
  }

  /** Of these memories, how each is linked now. */
  async findLinks(id: string, memoryIds: readonly string[]): Promise<MemoryLink[]> {
    return this.#em.execute(
      `select memory_id as "memoryId", role from specialization_memory
       where specialization_id = ? and memory_id = any(?::uuid[])`,
      [id, uuidArray(memoryIds)],
    );
  }

  /** Answers with what was linked, or got another role; memories that are not this person's are left out. */
  async link(userId: string, id: string, links: readonly MemoryLink[]): Promise<string[]> {
    const rows = await this.#em.execute<{ id: string }[]>(
      `insert into specialization_memory as l (specialization_id, memory_id, role)
       select ?::uuid, m.id, w.role from unnest(?::uuid[], ?::text[]) as w(id, role) join memory m using (id)
       where m.user_id = ?
       on conflict (specialization_id, memory_id) do update set role = excluded.role where l.role <> excluded.role
       returning memory_id as id`,
      [
        id,
        uuidArray(links.map(({ memoryId }) => memoryId)),
        textArray(links.map(({ role }) => role)),
        userId,
      ],
    );
    return rows.map((row) => row.id);
  }

  async unlink(id: string, memoryIds: readonly string[]): Promise<MemoryLink[]> {
    return this.#em.execute(
      `delete from specialization_memory where specialization_id = ? and memory_id = any(?::uuid[])
       returning memory_id as "memoryId", role`,
      [id, uuidArray(memoryIds)],
    );
  }

  /** The youngest memories first, without those in the trash. */
  async findPage(
    userId: string,
    { id, role, cursor, limit }: LinkedMemoriesRequest,
  ): Promise<{ id: string; role: MemoryRole }[]> {
    return this.#em.execute(
      `select m.id, l.role from specialization s
         join specialization_memory l on l.specialization_id = s.id join memory m on m.id = l.memory_id
       where s.user_id = ? and s.id = ? and m.deleted_at is null
         ${role ? 'and l.role = ?' : ''} ${cursor === undefined ? '' : 'and l.memory_id < ?::uuid'}
       order by l.memory_id desc limit ?`,
      [userId, id, ...(role ? [role] : []), ...(cursor === undefined ? [] : [cursor]), limit],
    );
  }

  async findOfMemory(userId: string, memoryId: string): Promise<SpecializationOfMemory[]> {
    return this.#em.execute(
      `select s.id, s.name, l.role from specialization_memory l join specialization s on s.id = l.specialization_id
       where l.memory_id = ? and s.user_id = ? and s.deleted_at is null order by s.created_at desc, s.id desc`,
      [memoryId, userId],
    );
  }
}
