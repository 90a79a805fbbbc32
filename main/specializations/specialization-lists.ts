import type { EntityManager } from '@mikro-orm/postgresql';
import type { AdapterReport } from '../../shared/schemas/adapter.ts';
import type { CountedSpecialization } from '../../shared/schemas/specialization.ts';
import type {
  ComparedField,
  GroupedRow,
  SpecializationComparison,
  SpecializationOutline,
} from '../../shared/schemas/specialization-list.ts';
import { toJsonText } from '../../shared/text/json-text.ts';
import { notFound } from '../errors/loci-error.ts';
import { groupVersions } from './adapter-versions.ts';
import type { AdapterRecords } from './adapter-records.ts';
import { toCountedSpecialization } from './specialization-dto.ts';
import { type ListedSpecialization, SpecializationListRepository } from './specialization-list.repository.ts';
import { SpecializationRepository } from './specialization.repository.ts';
import { readStored } from './stored-adapter.ts';

export interface SpecializationListsOptions {
  readonly em: EntityManager;
  readonly currentUserId: () => string;
  readonly records: Pick<AdapterRecords, 'find'>;
}

interface Side {
  readonly specialization: CountedSpecialization;
  readonly report: AdapterReport | null;
}

/** Specializations side by side: all of them in a list, and two of them compared. */
export class SpecializationLists {
  readonly #options: SpecializationListsOptions;
  readonly #rows: SpecializationListRepository;
  readonly #specializations: SpecializationRepository;

  constructor(options: SpecializationListsOptions) {
    this.#options = options;
    this.#rows = new SpecializationListRepository(options.em);
    this.#specializations = new SpecializationRepository(options.em);
  }

  async outline(trashed: boolean): Promise<SpecializationOutline> {
    const listed = await this.#rows.findAll(this.#options.currentUserId(), trashed);
    const groups = groupsOf(listed);
    const rows = listed.map(({ row }): GroupedRow => ({ ...row, group: groups.get(row.id) ?? null }));
    return { rows: toJsonText<readonly GroupedRow[]>(rows) };
  }

  async compare([one, other]: readonly [string, string]): Promise<SpecializationComparison> {
    const userId = this.#options.currentUserId();
    const [left, right, sharedMemories, listed] = await Promise.all([
      this.#side(userId, one),
      this.#side(userId, other),
      this.#rows.countShared(userId, one, other),
      this.#rows.findAll(userId, false),
    ]);
    const groups = groupsOf(listed);
    const [a, b] = [left.specialization.tensorHash, right.specialization.tensorHash];
    return {
      left,
      right,
      sameWeights: a === null || b === null ? null : a === b,
      sameVersions: groups.has(one) && groups.get(one) === groups.get(other),
      differences: differencesOf(left, right),
      sharedMemories,
    };
  }

  async #side(userId: string, id: string): Promise<Side> {
    const [found] = await this.#specializations.findByIds(userId, [id]);
    if (!found) throw notFound('specialization');
    const { adapterConfig } = await this.#options.records.find(userId, id);
    return { specialization: toCountedSpecialization(found), report: readStored(adapterConfig).report };
  }
}

function groupsOf(listed: readonly ListedSpecialization[]): Map<string, string> {
  return groupVersions(listed.map(({ row, tensorHash }) => ({ ...row, tensorHash })));
}

type Tell = (side: Side) => string | number | boolean | readonly string[] | null | undefined;

/** How each is told; lists are the same in any order. */
const tellings: Readonly<Record<ComparedField, Tell>> = {
  domain: ({ specialization }) => specialization.domain,
  tags: ({ specialization }) => specialization.tags,
  description: ({ specialization }) => specialization.description,
  status: ({ specialization }) => specialization.status,
  format: ({ specialization }) => specialization.format,
  baseModel: ({ specialization }) => specialization.baseModel,
  rank: ({ specialization, report }) => values(report?.ranks) ?? specialization.rank,
  alpha: ({ specialization, report }) => values(report?.alphas) ?? specialization.alpha,
  targets: ({ specialization }) => specialization.targetModules,
  layers: ({ report }) => report?.map.layers.length,
  dtype: ({ specialization }) => specialization.dtype,
  parameterCount: ({ specialization }) => specialization.parameterCount,
  fileSizeBytes: ({ specialization }) => specialization.fileSizeBytes,
  isRankStabilized: ({ report }) => report?.isRankStabilized,
  isDora: ({ report }) => report?.isDora,
  wholeWeights: ({ report }) => report?.wholeWeights,
  training: ({ report }) => report?.training.map(({ key, value }) => `${key}: ${value}`),
};

function values(counted: readonly { readonly value: number }[] | undefined): string[] | undefined {
  return counted && counted.length > 0
    ? counted
        .map(({ value }) => value)
        .toSorted((a, b) => a - b)
        .map(String)
    : undefined;
}

function differencesOf(left: Side, right: Side): SpecializationComparison['differences'] {
  const fields = Object.keys(tellings).filter((key): key is ComparedField => key in tellings);
  return fields
    .map((field) => ({ field, left: inText(tellings[field](left)), right: inText(tellings[field](right)) }))
    .filter((difference) => difference.left !== difference.right);
}

function inText(value: ReturnType<Tell>): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  return value.length === 0 ? null : value.toSorted().join(', ');
}
