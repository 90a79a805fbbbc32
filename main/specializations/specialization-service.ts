import { isDeepStrictEqual } from 'node:util';
import type { UndoableServiceParts } from '../undo/service-parts.ts';
import { toPage } from '../../shared/schemas/page.ts';
import type {
  CountedSpecialization,
  NewSpecialization,
  Specialization,
  SpecializationChange,
  SpecializationPage,
  SpecializationPageRequest,
} from '../../shared/schemas/specialization.ts';
import { inTransaction } from '../database/transaction.ts';
import { violatedConstraint } from '../errors/database-error.ts';
import { conflict, notFound } from '../errors/loci-error.ts';
import { toCountedSpecialization, toSpecialization } from './specialization-dto.ts';
import {
  columnOf,
  specializationFields,
  SpecializationRepository,
  type AdapterFacts,
} from './specialization.repository.ts';

/** Domains and the adapters for them. The trash is in `specialization-trash.ts`, the memories in `specialization-memories.ts`. */
export class SpecializationService {
  readonly #options: Omit<UndoableServiceParts, 'undo'>;
  readonly #specializations: SpecializationRepository;

  constructor(options: Omit<UndoableServiceParts, 'undo'>) {
    this.#options = options;
    this.#specializations = new SpecializationRepository(options.em);
  }

  async list({ trashed, cursor, limit }: SpecializationPageRequest): Promise<SpecializationPage> {
    const userId = this.#options.currentUserId();
    const rows = await this.#specializations.findNewest(userId, trashed, limit + 1, cursor);
    const { items, nextCursor } = toPage(rows, limit, (row) => row.createdAt);
    return { specializations: items.map(toCountedSpecialization), nextCursor };
  }

  async findByIds(ids: readonly string[]): Promise<CountedSpecialization[]> {
    const rows = await this.#specializations.findByIds(this.#options.currentUserId(), ids);
    return rows.map(toCountedSpecialization);
  }

  /** What a file says comes from whoever has read it, never from the page. */
  create(wish: NewSpecialization & Partial<AdapterFacts>): Promise<Specialization> {
    const { audit, currentUserId } = this.#options;
    const userId = currentUserId();
    return this.#withName(userId, wish.name, async () => {
      const added = await this.#specializations.add(userId, wish);
      audit.note({ userId, action: 'created', entity: 'specialization', ids: [added.id] });
      return toSpecialization(added);
    });
  }

  /** Nothing is overwritten that was not seen. */
  update({ id, version, ...wanted }: SpecializationChange & Partial<AdapterFacts>): Promise<Specialization> {
    const { audit, currentUserId } = this.#options;
    const userId = currentUserId();
    return this.#withName(userId, wanted.name, async () => {
      const before = await this.#specializations.lock(userId, id);
      if (!before) throw notFound('specialization');
      const seen = toSpecialization(before);
      if (before.deletedAt !== null)
        throw conflict('This specialization is in the trash. Restore it first to change it.', seen);
      if (before.version !== version)
        throw conflict('This specialization was changed in the meantime. Nothing was overwritten.', seen);
      const differing = specializationFields.filter(
        (field) => wanted[field] !== undefined && !isDeepStrictEqual(wanted[field], before[field]),
      );
      if (differing.length === 0) return seen;
      const fields = Object.fromEntries(differing.map((field) => [field, wanted[field]]));
      const after = await this.#specializations.change(userId, id, fields);
      if (!after) throw notFound('specialization');
      audit.note({
        userId,
        action: 'changed',
        entity: 'specialization',
        ids: [id],
        fields: differing.map(columnOf),
      });
      return toSpecialization(after);
    });
  }

  /** A name that is taken leads to the specialization that has it. */
  async #withName<T>(userId: string, name: string | undefined, work: () => Promise<T>): Promise<T> {
    try {
      return await inTransaction(this.#options.em, work);
    } catch (error) {
      if (name === undefined || violatedConstraint(error) !== 'specialization_user_id_name_unique')
        throw error;
      const other = await this.#specializations.findByName(userId, name);
      if (!other) throw error;
      throw conflict(`There is a specialization “${other.name}” already. Choose another name.`, other);
    }
  }
}
