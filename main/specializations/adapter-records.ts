import { isDeepStrictEqual } from 'node:util';
import type { AuditActor } from '../../shared/schemas/audit.ts';
import { inTransaction } from '../database/transaction.ts';
import { notFound } from '../errors/loci-error.ts';
import type { ServiceParts } from '../undo/service-parts.ts';
import {
  columnOf,
  specializationFields,
  SpecializationRepository,
  type AdapterFacts,
  type AdapterPlace,
  type CopyOwner,
  type SpecializationRow,
  type StoredAdapter,
} from './specialization.repository.ts';

/** What is found out about adapters; most of it, without anybody asking for it. */
export class AdapterRecords {
  readonly #options: Pick<ServiceParts, 'em' | 'audit'>;
  readonly #specializations: SpecializationRepository;

  constructor(options: Pick<ServiceParts, 'em' | 'audit'>) {
    this.#options = options;
    this.#specializations = new SpecializationRepository(options.em);
  }

  async find(userId: string, id: string): Promise<SpecializationRow> {
    const found = await inTransaction(this.#options.em, () => this.#specializations.lock(userId, id));
    if (!found) throw notFound('specialization');
    return found;
  }

  findAdapters(userId: string): Promise<StoredAdapter[]> {
    return this.#specializations.findAdapters(userId);
  }

  findUnhashed(userId: string): Promise<string[]> {
    return this.#specializations.findUnhashed(userId);
  }

  /** Of everybody, the trash included. */
  async findPlaces(): Promise<AdapterPlace[]> {
    return this.#specializations.findPlaces();
  }

  /** Of those that have no row: what was removed for good, alone or with its person. */
  async findGone(owners: readonly CopyOwner[]): Promise<CopyOwner[]> {
    return this.#specializations.findGone(owners);
  }

  /** `about`: where the adapter lay that this is about. Nothing is written if it is another one by now. */
  async note(
    userId: string,
    id: string,
    about: string,
    facts: Partial<AdapterFacts>,
    { actor = 'app' }: { readonly actor?: AuditActor } = {},
  ): Promise<SpecializationRow | undefined> {
    const { em, audit } = this.#options;
    return inTransaction(em, async () => {
      const before = await this.#specializations.lock(userId, id);
      if (!before || before.modelPath !== about) return undefined;
      const differing = specializationFields.filter(
        (field) =>
          field in facts && !isDeepStrictEqual(Reflect.get(facts, field), Reflect.get(before, field)),
      );
      if (differing.length === 0) return before;
      const changed = await this.#specializations.change(
        userId,
        id,
        Object.fromEntries(differing.map((field) => [field, Reflect.get(facts, field)])),
      );
      const fields = differing.map(columnOf);
      audit.note({ userId, actor, action: 'changed', entity: 'specialization', ids: [id], fields });
      return changed;
    });
  }
}
