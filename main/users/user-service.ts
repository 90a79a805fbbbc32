import type { EntityManager } from '@mikro-orm/postgresql';
import type { AuditActor } from '../../shared/schemas/audit.ts';
import { defaultSettings } from '../../shared/schemas/settings.ts';
import type { CountedUser, NewUser, User, UserChange, UserRemoval } from '../../shared/schemas/user.ts';
import { textsNow } from '../../shared/texts/index.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import { inTransaction } from '../database/transaction.ts';
import { conflict, invalidInput, notFound, unavailable } from '../errors/loci-error.ts';
import { sessionToStart } from '../sessions/session-to-start.ts';
import { SessionRepository } from '../sessions/session.repository.ts';
import { toCountedUser, toUser } from './user-dto.ts';
import { UserRepository, type UserRow } from './user.repository.ts';

export interface UserServiceOptions {
  readonly em: EntityManager;
  readonly audit: AuditTrail;
  /** Told after another person has taken over: everything shown is somebody else's now. */
  readonly onSwitch: (userId: string) => void | Promise<void>;
  /** Told after somebody was removed, for what is remembered of them beside the library. */
  readonly onRemove?: (userId: string) => void;
}

/** Who the library belongs to, and who is using it now. */
export class UserService {
  readonly #options: UserServiceOptions;
  readonly #users: UserRepository;
  readonly #sessions: SessionRepository;
  #currentUserId: string | undefined;

  constructor(options: UserServiceOptions) {
    this.#options = options;
    this.#users = new UserRepository(options.em);
    this.#sessions = new SessionRepository(options.em);
  }

  /** Everything is read and written on behalf of this person. */
  get currentUserId(): string {
    if (this.#currentUserId === undefined) throw unavailable((texts) => texts.failures.notOpenYet);
    return this.#currentUserId;
  }

  /** Who was at work last becomes the current one; a new library gets its first person here. */
  async ensureDefaultUser(): Promise<User> {
    this.#currentUserId = (await this.#users.findLastUsed()) ?? (await this.#addFirst());
    return this.#find(this.#currentUserId);
  }

  /** When this library was begun. */
  async libraryCreatedAt(): Promise<Date> {
    const beginning = await this.#users.findBeginning();
    if (!beginning) throw unavailable((texts) => texts.failures.notOpenYet);
    return beginning;
  }

  async list(): Promise<CountedUser[]> {
    return (await this.#users.findAll()).map((row) => toCountedUser(row, this.#currentUserId));
  }

  /** With a first session, or not at all. */
  async create(wish: NewUser): Promise<User> {
    const id = await inTransaction(this.#options.em, () => this.#add(wish, 'person'));
    return this.#find(id);
  }

  async change({ id: wanted, name, email }: UserChange): Promise<User> {
    const { em, audit } = this.#options;
    await inTransaction(em, async () => {
      await this.#users.lockAll();
      const before = await this.#findRow(wanted);
      const { id } = before;
      const after = { id, name: name ?? before.name, email: email === undefined ? before.email : email };
      const fields = (['name', 'email'] as const).filter((field) => before[field] !== after[field]);
      if (fields.length === 0) return;
      await this.#users.save(after);
      audit.note({ userId: id, action: 'changed', entity: 'app_user', ids: [id], fields });
    });
    return this.#find(wanted);
  }

  async switchTo(id: string): Promise<User> {
    const found = await inTransaction(this.#options.em, () => this.#users.markAsLastUsed(id));
    if (found === undefined) throw notFound('person');
    await this.#become(found);
    return this.#find(found);
  }

  /** Removes a person with all that is theirs, for good. Who stays is the current one afterwards. */
  async remove(removal: UserRemoval): Promise<User> {
    const { em, audit } = this.#options;
    const stayingId = await inTransaction(em, async () => {
      // Two who remove each other at the same moment must not leave the library without a person.
      await this.#users.lockAll();
      const { id, name } = await this.#findRow(removal.id);
      if (removal.confirmation.normalize('NFC') !== name)
        throw invalidInput('confirmation', (texts) => texts.failures.person.notTheName);
      const staying = this.#currentUserId === id ? undefined : this.#currentUserId;
      const next = staying ?? (await this.#users.findLastUsed({ except: id }));
      if (next === undefined) throw conflict((texts) => texts.failures.person.onlyOne);
      await this.#users.remove(id);
      await this.#users.markAsLastUsed(next);
      audit.note({ userId: next, action: 'deleted', entity: 'app_user', ids: [id] });
      return next;
    });
    this.#options.onRemove?.(removal.id);
    await this.#become(stayingId);
    return this.#find(stayingId);
  }

  async #become(id: string): Promise<void> {
    if (this.#currentUserId === id) return;
    this.#currentUserId = id;
    await this.#options.onSwitch(id);
  }

  async #addFirst(): Promise<string> {
    return inTransaction(this.#options.em, async () => {
      // Two apps may start on one empty database: the second waits here and then finds the first's.
      await this.#users.lockAll();
      const found = await this.#users.findLastUsed();
      return found ?? this.#add({ name: textsNow().people.me, email: null, session: {} }, 'app');
    });
  }

  async #add({ name, email, session }: NewUser, actor: AuditActor): Promise<string> {
    const { audit } = this.#options;
    const userId = await this.#users.add({ name, email });
    // Whoever is new has not chosen another lifetime yet.
    const begun = sessionToStart(session, defaultSettings['sessions.lifetimeDays']);
    const first = await this.#sessions.add(userId, begun);
    audit.note({ userId, actor, action: 'created', entity: 'app_user', ids: [userId] });
    audit.note({ userId, actor, action: 'created', entity: 'session', ids: [first.id] });
    return userId;
  }

  async #findRow(id: string): Promise<UserRow> {
    const found = await this.#users.find(id);
    if (!found) throw notFound('person');
    return found;
  }

  async #find(id: string): Promise<User> {
    return toUser(await this.#findRow(id), this.#currentUserId);
  }
}
