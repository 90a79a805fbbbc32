import type { EntityManager } from '@mikro-orm/postgresql';
import { migrationTable } from '../database/orm-options.ts';

/** A person as they stand in the table. */
export interface UserRow {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly createdAt: Date;
}

export interface CountedUserRow extends UserRow {
  readonly memories: number;
}

/** As the driver hands it over. */
interface RawUser extends Record<'id' | 'name' | 'createdAt', string> {
  readonly email: string | null;
}

const columns = `u.id, u.name, u.email, u.created_at as "createdAt"`;

export class UserRepository {
  readonly #em: EntityManager;

  constructor(em: EntityManager) {
    this.#em = em;
  }

  async findAll(): Promise<CountedUserRow[]> {
    const rows = await this.#em.execute<(RawUser & { memories: number })[]>(
      `select ${columns},
         (select count(*)::int from memory m where m.user_id = u.id and m.deleted_at is null) as memories
       from app_user u order by u.created_at, u.id`,
    );
    return rows.map((row) => ({ ...toRow(row), memories: row.memories }));
  }

  async find(id: string): Promise<UserRow | undefined> {
    const [found] = await this.#em.execute<RawUser[]>(`select ${columns} from app_user u where u.id = ?`, [
      id,
    ]);
    return found && toRow(found);
  }

  /** `except` is on the way out. */
  async findLastUsed({ except }: { readonly except?: string } = {}): Promise<string | undefined> {
    const [last] = await this.#em.execute<{ id: string }[]>(
      `select id from app_user where id is distinct from ?::uuid
       order by last_used_at desc, created_at, id limit 1`,
      [except ?? null],
    );
    return last?.id;
  }

  /**
   * When the library began: its tables stay, whoever goes; in a copy they are younger than the people
   * who came along.
   */
  async findBeginning(): Promise<Date | undefined> {
    const [row] = await this.#em.execute<{ at: string | null }[]>(
      `select least((select min(executed_at) from ??), (select min(created_at) from app_user)) as at`,
      [migrationTable],
    );
    return row?.at ? new Date(row.at) : undefined;
  }

  /** Until the end of the transaction nobody adds, changes or removes a person; reading goes on. */
  async lockAll(): Promise<void> {
    await this.#em.execute('lock table app_user in share row exclusive mode');
  }

  /** Who was never at work comes after all who were. */
  async add(user: { readonly name: string; readonly email: string | null }): Promise<string> {
    const [added] = await this.#em.execute<{ id: string }[]>(
      `insert into app_user (id, name, email, last_used_at) values (uuid_v7(), ?, ?, 'epoch') returning id`,
      [user.name, user.email],
    );
    if (!added) throw new Error('A row that was added came back empty');
    return added.id;
  }

  async save(user: Pick<UserRow, 'id' | 'name' | 'email'>): Promise<void> {
    await this.#em.execute('update app_user set name = ?, email = ? where id = ?', [
      user.name,
      user.email,
      user.id,
    ]);
  }

  /**
   * Later than all others, even when the clock was set back. Answers with the key as the row has it;
   * undefined when there is no such person.
   */
  async markAsLastUsed(id: string): Promise<string | undefined> {
    const [marked] = await this.#em.execute<{ id: string }[]>(
      `update app_user set last_used_at = greatest(now(),
         (select max(last_used_at) + interval '1 millisecond' from app_user where id <> ?))
       where id = ? returning id`,
      [id, id],
    );
    return marked?.id;
  }

  /**
   * Everything that belongs to a person goes with them. The memories first: the tables they point to
   * would otherwise change each of them a moment before it goes.
   */
  async remove(id: string): Promise<void> {
    await this.#em.execute('delete from memory where user_id = ?', [id]);
    await this.#em.execute('delete from app_user where id = ?', [id]);
  }
}

function toRow({ id, name, email, createdAt }: RawUser): UserRow {
  return { id, name, email, createdAt: new Date(createdAt) };
}
