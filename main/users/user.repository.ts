import type { EntityManager } from '@mikro-orm/postgresql';
import { User } from './user.entity.ts';

export class UserRepository {
  readonly #em: EntityManager;

  constructor(em: EntityManager) {
    this.#em = em;
  }

  async findFirst(): Promise<User | undefined> {
    const [first] = await this.#em.find(User, {}, { orderBy: { createdAt: 'asc', id: 'asc' }, limit: 1 });
    return first;
  }

  /** Until the end of the transaction nobody else adds a user; reading goes on. */
  async lockAgainstNewUsers(): Promise<void> {
    await this.#em.execute('lock table app_user in share row exclusive mode');
  }

  async add(user: { name: string; email: string | null }): Promise<User> {
    const added = this.#em.create(User, user);
    await this.#em.flush();
    return added;
  }
}
