import type { UndoableServiceParts } from '../undo/service-parts.ts';
import type { CountedTag, NewTag, Tag, TagChange } from '../../shared/schemas/tag.ts';
import { inTransaction } from '../database/transaction.ts';
import { violatedConstraint } from '../errors/database-error.ts';
import { conflict, notFound } from '../errors/loci-error.ts';
import { TagRepository } from './tag.repository.ts';

/** The words a person gathers memories under. How a tag goes away is in `tag-removal.ts`. */
export class TagService {
  readonly #options: Omit<UndoableServiceParts, 'undo'>;
  readonly #tags: TagRepository;

  constructor(options: Omit<UndoableServiceParts, 'undo'>) {
    this.#options = options;
    this.#tags = new TagRepository(options.em);
  }

  async list(): Promise<CountedTag[]> {
    const { compare } = new Intl.Collator(undefined, { numeric: true });
    const tags = await this.#tags.findAllCounted(this.#options.currentUserId());
    return tags.toSorted((a, b) => compare(a.name, b.name));
  }

  countUntagged(): Promise<number> {
    return this.#tags.countUntagged(this.#options.currentUserId());
  }

  create(wish: NewTag): Promise<Tag> {
    const { audit, currentUserId } = this.#options;
    const userId = currentUserId();
    return this.#withName(userId, wish.name, async () => {
      const tag = await this.#tags.add(userId, wish);
      audit.note({ userId, action: 'created', entity: 'tag', ids: [tag.id] });
      return tag;
    });
  }

  change({ id, name, colour }: TagChange): Promise<Tag> {
    const { audit, currentUserId } = this.#options;
    const userId = currentUserId();
    return this.#withName(userId, name, async () => {
      const before = await this.#tags.lock(userId, id);
      if (!before) throw notFound('tag');
      const after = { id, name: name ?? before.name, colour: colour === undefined ? before.colour : colour };
      const fields = (['name', 'colour'] as const).filter((field) => before[field] !== after[field]);
      if (fields.length === 0) return before;
      await this.#tags.save(userId, after);
      audit.note({ userId, action: 'changed', entity: 'tag', ids: [id], fields });
      return after;
    });
  }

  /** A name that is taken leads to the tag that has it. */
  async #withName<T>(userId: string, name: string | undefined, work: () => Promise<T>): Promise<T> {
    try {
      return await inTransaction(this.#options.em, work);
    } catch (error) {
      if (name === undefined || violatedConstraint(error) !== 'tag_user_id_name_unique') throw error;
      const other = await this.#tags.findByName(userId, name);
      if (!other) throw error;
      throw conflict((texts) => texts.failures.tag.nameTaken(other.name), {
        id: other.id,
        name: other.name,
      });
    }
  }
}
