import type { EntityManager } from '@mikro-orm/postgresql';
import { inTransaction } from '../database/transaction.ts';
import { unavailable } from '../errors/loci-error.ts';
import { UserRepository } from './user.repository.ts';
import type { User } from './user.entity.ts';

/** Who the library belongs to, and who is using it now. */
export class UserService {
  readonly #em: EntityManager;
  readonly #users: UserRepository;
  #currentUserId: string | undefined;

  constructor(em: EntityManager) {
    this.#em = em;
    this.#users = new UserRepository(em);
  }

  /** The first person of the library becomes the current one; a new library gets its first here. */
  async ensureDefaultUser(): Promise<User> {
    const user = (await this.#users.findFirst()) ?? (await this.#addFirst());
    this.#currentUserId = user.id;
    return user;
  }

  /** Everything is read and written on behalf of this person. */
  get currentUserId(): string {
    if (this.#currentUserId === undefined)
      throw unavailable('Your library is not open yet. Try again in a moment.');
    return this.#currentUserId;
  }

  async #addFirst(): Promise<User> {
    return inTransaction(this.#em, async () => {
      // Two apps may start on one empty database: the second waits here and then finds the first's.
      await this.#users.lockAgainstNewUsers();
      return (await this.#users.findFirst()) ?? (await this.#users.add({ name: 'Me', email: null }));
    });
  }
}
