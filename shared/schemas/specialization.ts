import { z } from 'zod';
import { cleanText } from '../text/clean-text.ts';
import { id } from './id.ts';
import { cleanName, name } from './name.ts';
import { pageCursor, pageRequest } from './page.ts';
import { told } from './told.ts';

export const adapterFormats = ['safetensors', 'gguf', 'pytorch', 'other'] as const;
export type AdapterFormat = (typeof adapterFormats)[number];

/** `draft` has no adapter yet; `missing` and `changed` are about its file; `invalid` cannot be read as an adapter. */
export const specializationStatuses = ['draft', 'ready', 'missing', 'changed', 'invalid'] as const;

/** What a memory is to a specialization. */
export const memoryRoles = ['training', 'reference'] as const;
export type MemoryRole = (typeof memoryRoles)[number];

const specializationName = name(200);
const description = z.string().max(20_000).transform(cleanText);
const domain = z.string().max(800).transform(cleanName).pipe(z.string().max(200));
/** Words of a person's own to find it by. */
const tags = z
  .array(z.string().max(400).transform(cleanName).pipe(z.string().min(1).max(100)))
  .max(50)
  .transform((names) => [...new Map(names.map((each) => [each.toLowerCase(), each])).values()]);
const moment = z.iso.datetime();

/** Where its file lies is not said: the page never names a path. */
export const specialization = z.object({
  id,
  name: z.string(),
  description: z.string(),
  domain: z.string(),
  tags: z.array(z.string()),
  format: z.enum(adapterFormats).nullable(),
  baseModel: z.string().nullable(),
  rank: z.int().nullable(),
  alpha: z.number().nullable(),
  targetModules: z.array(z.string()).nullable(),
  dtype: z.string().nullable(),
  parameterCount: z.int().nullable(),
  fileSizeBytes: z.int().nullable(),
  /** Of its file, and of the weights alone, in hexadecimal. */
  sha256: z.string().nullable(),
  tensorHash: z.string().nullable(),
  status: z.enum(specializationStatuses),
  /** A sentence on what is wrong with the file, if anything is. */
  problem: told.nullable(),
  version: z.int(),
  createdAt: moment,
  updatedAt: moment,
  deletedAt: moment.nullable(),
});
export type Specialization = z.infer<typeof specialization>;

/** Of its memories, those that are not in the trash. */
export const countedSpecialization = specialization.extend({ training: z.int(), reference: z.int() });
export type CountedSpecialization = z.infer<typeof countedSpecialization>;

export const newSpecialization = z.strictObject({
  name: specializationName,
  description: description.default(''),
  domain: domain.default(''),
  tags: tags.default([]),
});
export type NewSpecialization = z.output<typeof newSpecialization>;

export const specializationChange = z.strictObject({
  id,
  /** The one that was seen: whoever saves must have seen the latest. */
  version: z.int().positive(),
  name: specializationName.optional(),
  description: description.optional(),
  domain: domain.optional(),
  tags: tags.optional(),
});
export type SpecializationChange = z.output<typeof specializationChange>;

export const createdSpecialization = specialization.extend({ undoId: id });
export type CreatedSpecialization = z.infer<typeof createdSpecialization>;

/** `undoId` is null when it was all like that already. */
export const changedSpecialization = specialization.extend({ undoId: id.nullable() });
export type ChangedSpecialization = z.infer<typeof changedSpecialization>;

export const specializationPageRequest = pageRequest.extend({ trashed: z.boolean().default(false) });
export type SpecializationPageRequest = z.output<typeof specializationPageRequest>;

export const specializationPage = z.object({
  specializations: z.array(countedSpecialization),
  nextCursor: pageCursor.nullable(),
});
export type SpecializationPage = z.infer<typeof specializationPage>;

const memoryIds = z.array(id).min(1).max(100_000);
export const newLinks = z.strictObject({ id, memoryIds, role: z.enum(memoryRoles) });
export type NewLinks = z.output<typeof newLinks>;
export const linksToRemove = z.strictObject({ id, memoryIds });
export type LinksToRemove = z.output<typeof linksToRemove>;

export const linkedMemoriesRequest = z.strictObject({
  id,
  role: z.enum(memoryRoles).optional(),
  /** The last memory of the page before. */
  cursor: id.optional(),
  limit: z.int().min(1).max(1000).default(200),
});
export type LinkedMemoriesRequest = z.output<typeof linkedMemoriesRequest>;

/** By their keys, the youngest first. */
export const linkedMemories = z.object({
  memories: z.array(z.object({ id, role: z.enum(memoryRoles) })),
  nextCursor: id.nullable(),
});
export type LinkedMemories = z.infer<typeof linkedMemories>;

export const specializationOfMemory = z.object({ id, name: z.string(), role: z.enum(memoryRoles) });
export type SpecializationOfMemory = z.infer<typeof specializationOfMemory>;
