import { z } from 'zod';
import { jsonText } from '../text/json-text.ts';
import { adapterReport } from './adapter.ts';
import { id } from './id.ts';
import { adapterFormats, countedSpecialization, specializationStatuses } from './specialization.ts';

const moment = z.iso.datetime();

/** As a line of a list of thousands: what one sorts, filters and groups by. */
export const specializationRow = z.object({
  id,
  name: z.string(),
  domain: z.string(),
  tags: z.array(z.string()),
  status: z.enum(specializationStatuses),
  format: z.enum(adapterFormats).nullable(),
  baseModel: z.string().nullable(),
  rank: z.int().nullable(),
  dtype: z.string().nullable(),
  targets: z.array(z.string()),
  fileSizeBytes: z.int().nullable(),
  parameterCount: z.int().nullable(),
  /** Of its memories, those that are not in the trash. */
  training: z.int(),
  reference: z.int(),
  /** The library has a copy of its adapter. */
  isCopy: z.boolean(),
  version: z.int(),
  createdAt: moment,
  updatedAt: moment,
});
export type SpecializationRow = z.infer<typeof specializationRow>;

/** `group`: the eldest of its versions, itself included; null when there is but this one. */
export interface GroupedRow extends SpecializationRow {
  readonly group: string | null;
}

export const specializationOutlineRequest = z.strictObject({ trashed: z.boolean().default(false) });
/** All of them at once, the newest first. */
export const specializationOutline = z.object({ rows: jsonText<readonly GroupedRow[]>() });
export type SpecializationOutline = z.infer<typeof specializationOutline>;

export const specializationsToCompare = z.strictObject({ ids: z.tuple([id, id]) });

export const comparedFields = [
  'domain',
  'tags',
  'description',
  'status',
  'format',
  'baseModel',
  'rank',
  'alpha',
  'targets',
  'layers',
  'dtype',
  'parameterCount',
  'fileSizeBytes',
  'isRankStabilized',
  'isDora',
  'wholeWeights',
  'training',
] as const;
export type ComparedField = (typeof comparedFields)[number];

const side = z.object({ specialization: countedSpecialization, report: adapterReport.nullable() });
export const specializationComparison = z.object({
  left: side,
  right: side,
  /** To the last number, whatever stands around them; null while that is not known of both. */
  sameWeights: z.boolean().nullable(),
  /** They are listed as versions of one adapter. */
  sameVersions: z.boolean(),
  /** What both have alike is left out. Null: it has none. */
  differences: z.array(
    z.object({
      field: z.enum(comparedFields),
      left: z.string().nullable(),
      right: z.string().nullable(),
    }),
  ),
  /** Linked to both, and not in the trash. */
  sharedMemories: z.int(),
});
export type SpecializationComparison = z.infer<typeof specializationComparison>;
