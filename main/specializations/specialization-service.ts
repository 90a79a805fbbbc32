import { isDeepStrictEqual } from 'node:util';
import type { UndoableServiceParts } from '../undo/service-parts.ts';
import { toPage } from '../../shared/schemas/page.ts';
import type {
  ChangedSpecialization,
  CountedSpecialization,
  CreatedSpecialization,
  NewSpecialization,
  SpecializationChange,
  SpecializationPage,
  SpecializationPageRequest,
} from '../../shared/schemas/specialization.ts';
import { inTransaction } from '../database/transaction.ts';
import { violatedConstraint } from '../errors/database-error.ts';
import { conflict, notFound } from '../errors/loci-error.ts';
import { type Leftover, rowsOfTexts } from '../undo/undo-stack.ts';
import { toCountedSpecialization, toSpecialization } from './specialization-dto.ts';
import { SpecializationTrashRepository } from './specialization-trash.repository.ts';
import {
  columnOf,
  specializationFields,
  SpecializationRepository,
  type AdapterFacts,
  type SpecializationFields,
  type SpecializationRow,
} from './specialization.repository.ts';
import { isCopy } from './stored-adapter.ts';

type SpecializationWish = Omit<NewSpecialization, 'tags'> &
  Partial<Pick<NewSpecialization, 'tags'> & AdapterFacts>;

/** Domains and the adapters for them. The trash is in `specialization-trash.ts`, the memories in `specialization-memories.ts`. */
export class SpecializationService {
  readonly #options: UndoableServiceParts;
  readonly #specializations: SpecializationRepository;
  readonly #trash: SpecializationTrashRepository;

  constructor(options: UndoableServiceParts) {
    this.#options = options;
    this.#specializations = new SpecializationRepository(options.em);
    this.#trash = new SpecializationTrashRepository(options.em);
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
  async create(wish: SpecializationWish): Promise<CreatedSpecialization> {
    const { audit, currentUserId, undo } = this.#options;
    const userId = currentUserId();
    const added = await this.#withName(userId, wish.name, async () => {
      const row = await this.#specializations.add(userId, wish);
      audit.note({ userId, action: 'created', entity: 'specialization', ids: [row.id] });
      return row;
    });
    const undoId = undo.offer(
      userId,
      `Specialization “${added.name}” added`,
      async () => this.#takeBackNew(userId, added.id),
      { rows: 1 },
    );
    return { ...toSpecialization(added), undoId };
  }

  /** Nothing is overwritten that was not seen. */
  async update({
    id,
    version,
    ...wanted
  }: SpecializationChange & Partial<AdapterFacts>): Promise<ChangedSpecialization> {
    const { audit, currentUserId } = this.#options;
    const userId = currentUserId();
    const { before, after } = await this.#withName(userId, wanted.name, async () => {
      const found = await this.#specializations.lock(userId, id);
      if (!found) throw notFound('specialization');
      const seen = toSpecialization(found);
      if (found.deletedAt !== null) throw conflict((texts) => texts.failures.specialization.inTrash, seen);
      if (found.version !== version) throw conflict((texts) => texts.failures.specialization.changed, seen);
      const differing = specializationFields.filter(
        (field) => wanted[field] !== undefined && !isDeepStrictEqual(wanted[field], found[field]),
      );
      if (differing.length === 0) return { before: found, after: undefined };
      const fields = Object.fromEntries(differing.map((field) => [field, wanted[field]]));
      const changed = await this.#specializations.change(userId, id, fields);
      if (!changed) throw notFound('specialization');
      audit.note({
        userId,
        action: 'changed',
        entity: 'specialization',
        ids: [id],
        fields: differing.map(columnOf),
      });
      return { before: found, after: changed };
    });
    if (!after) return { ...toSpecialization(before), undoId: null };
    const undoId = this.offerToTakeBack(userId, before, after, `“${after.name}” changed`);
    return { ...toSpecialization(after), undoId };
  }

  /** To be called once the change is saved, whoever made it. */
  offerToTakeBack(
    userId: string,
    before: SpecializationRow,
    after: SpecializationRow,
    label: string,
  ): string {
    const { audit, undo } = this.#options;
    const takeBack = () =>
      this.#withName(userId, before.name, async () => {
        const now = await this.#specializations.lock(userId, before.id);
        const fields = now && now.deletedAt === null ? fieldsToTakeBack(before, after, now) : undefined;
        if (!fields || Object.keys(fields).length === 0) return { notUndone: 1 };
        await this.#specializations.change(userId, before.id, fields);
        audit.note({
          userId,
          action: 'changed',
          entity: 'specialization',
          ids: [before.id],
          fields: specializationFields.filter((field) => field in fields).map(columnOf),
        });
        return { notUndone: 0 };
      });
    const rows = rowsOfTexts([before.description, JSON.stringify(before.adapterConfig)]);
    return undo.offer(userId, label, takeBack, { rows });
  }

  async #takeBackNew(userId: string, id: string): Promise<Leftover> {
    const { em, audit } = this.#options;
    return inTransaction(em, async () => {
      const trashed = await this.#trash.trash(userId, [id]);
      const ids = trashed.map((each) => each.id);
      audit.note({ userId, action: 'trashed', entity: 'specialization', ids });
      return { notUndone: 1 - ids.length };
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
      throw conflict((texts) => texts.failures.specialization.nameTaken(other.name), other);
    }
  }
}

const ownFields = ['name', 'description', 'domain', 'tags'] as const;

/** What a person wrote since stays as it is. What was found out of an adapter since, goes with the adapter. */
function fieldsToTakeBack(
  before: SpecializationRow,
  after: SpecializationRow,
  now: SpecializationRow,
): Partial<SpecializationFields> {
  const own = ownFields.filter(
    (field) => !isDeepStrictEqual(before[field], after[field]) && isDeepStrictEqual(now[field], after[field]),
  );
  const isAdapterBack = before.modelPath !== after.modelPath && isStill(now.modelPath, after.modelPath);
  const adapter = isAdapterBack
    ? specializationFields.filter((field) => !ownFields.some((each) => each === field))
    : [];
  return Object.fromEntries([...own, ...adapter].map((field) => [field, before[field]]));
}

/** Where it was put, or where the library has made a copy of it. */
function isStill(now: string | null, put: string | null): boolean {
  return now === put || (now !== null && put !== null && !isCopy(put) && isCopy(now));
}
