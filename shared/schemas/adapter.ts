import { z } from 'zod';
import { id } from './id.ts';
import { told } from './told.ts';
import { newSpecialization, specialization } from './specialization.ts';

/** Why a file or folder is not taken as an adapter. */
export const refusalReasons = [
  'missing',
  'unreadable',
  'special-file',
  'empty',
  'too-large',
  'unknown-format',
  'old-format',
  'pickle',
  'full-model',
  'other-method',
  'no-adapter',
  'several-adapters',
  'incomplete',
  'header-beyond-file',
  'header-too-large',
  'malformed',
  'duplicate-keys',
  'overlapping',
  'truncated',
  'wrong-size',
  'path-trick',
  'link-outside',
] as const;
export type RefusalReason = (typeof refusalReasons)[number];

/** `message` says what it is, and what to do about it. */
export const adapterRefusal = z.object({ reason: z.enum(refusalReasons), message: z.string() });
export type AdapterRefusalDto = z.infer<typeof adapterRefusal>;

/** In whose way the tensors are named. */
export const adapterLayouts = ['peft', 'kohya', 'diffusers', 'mlx', 'gguf'] as const;
export type AdapterLayout = (typeof adapterLayouts)[number];

/** What does not agree within an adapter, or is odd about it. */
export const adapterNoteKinds = [
  'rank',
  'alpha',
  'targets',
  'layers',
  'dora',
  'base',
  'half',
  'whole-weights',
  'empty-tensors',
  'not-on-disk',
  'not-checked',
  'runtime',
] as const;
export const adapterNote = z.object({ kind: z.enum(adapterNoteKinds), message: told });
export type AdapterNote = z.infer<typeof adapterNote>;

/** Which model it is for, by the shapes of its tensors and by what it says of itself. */
export const adapterVerdict = z.object({
  kind: z.enum(['fits', 'likely', 'contradicts', 'unknown-shapes', 'image']),
  message: told,
  /** Models of these shapes that Loci knows. */
  models: z.array(z.string()),
});
export type AdapterVerdict = z.infer<typeof adapterVerdict>;

/** `rank` 0 in a map: nothing is adapted there. */
const counted = z.object({ value: z.number(), modules: z.int() });
export type CountedValue = z.infer<typeof counted>;

export const adapterTarget = z.object({
  name: z.string(),
  modules: z.int(),
  /** Of the weight that is adapted; null where they differ. */
  inFeatures: z.int().nullable(),
  outFeatures: z.int().nullable(),
});
export type AdapterTarget = z.infer<typeof adapterTarget>;

/** Layer by layer the rank of each target, in the order of `targets`. */
export const adapterMap = z.object({
  layers: z.array(z.string()),
  targets: z.array(z.string()),
  ranks: z.array(z.int()),
  /** There is more than is worth drawing. */
  isCut: z.boolean(),
});
export type AdapterMap = z.infer<typeof adapterMap>;

export const adapterReport = z.object({
  format: z.enum(['safetensors', 'gguf']),
  layout: z.enum(adapterLayouts),
  purpose: z.enum(['text', 'image']),
  /** How many files its tensors are in. */
  files: z.int(),
  baseModel: z.string().nullable(),
  /** The most frequent; all of them are in `ranks`. */
  rank: z.int().nullable(),
  alpha: z.number().nullable(),
  ranks: z.array(counted),
  alphas: z.array(counted),
  isRankStabilized: z.boolean(),
  isDora: z.boolean(),
  modules: z.int(),
  targets: z.array(adapterTarget),
  map: adapterMap,
  /** What is saved whole instead of as a pair of factors. */
  wholeWeights: z.array(z.string()),
  dtypes: z.array(z.object({ dtype: z.string(), tensors: z.int() })),
  tensors: z.int(),
  parameterCount: z.int(),
  fileSizeBytes: z.int(),
  training: z.array(z.object({ key: z.string(), value: z.string() })),
  /** Empty when all that it says of itself agrees with its tensors. */
  notes: z.array(adapterNote),
  verdict: adapterVerdict,
});
export type AdapterReport = z.infer<typeof adapterReport>;

/** What Loci makes of a file or folder: always one of the two. */
export const inspection = z.union([
  z.object({ ok: z.literal(true), report: adapterReport }),
  z.object({ ok: z.literal(false), refusal: adapterRefusal }),
]);
export type Inspection = z.infer<typeof inspection>;

/** What a look at every number of an adapter has found. Of names there are some, of each kind the count is whole. */
export const weightsCheck = z.object({
  tensors: z.int(),
  /** With numbers that are none, or infinite. */
  notFinite: z.array(z.string()),
  notFiniteTensors: z.int(),
  zero: z.array(z.string()),
  zeroTensors: z.int(),
  /** Modules that change nothing, as before any training. */
  untrainedModules: z.int(),
  /** Of a kind of number that Loci cannot look into, except for whether all is zero. */
  unreadTensors: z.int(),
});
export type WeightsCheck = z.infer<typeof weightsCheck>;

/** What a person has chosen and not added yet. Where it lies, only main knows. */
export const adapterCandidate = z.object({
  token: z.string(),
  /** A name for it that is free. */
  name: z.string(),
  inspection,
});
export type AdapterCandidate = z.infer<typeof adapterCandidate>;

/** Models that adapters can be told to be for. */
export const baseModelsKnown = z.object({
  /** How many Loci brings along. */
  shipped: z.int(),
  /** Those that somebody has added. */
  own: z.array(z.string()),
  /** Files in the folder for them that are no such configuration. */
  unreadable: z.array(z.string()),
});
export type BaseModelsKnown = z.infer<typeof baseModelsKnown>;

export const droppedTokens = z.strictObject({ tokens: z.array(z.string().max(100)).min(1).max(200) });
/** What a person has dropped; a folder that is none itself may hold many, and can be looked through. */
export const droppedAdapter = z.object({
  /** The one that was given. */
  token: z.string(),
  /** As the file or folder is called. */
  label: z.string(),
  isFolder: z.boolean(),
  candidate: adapterCandidate,
});
export type DroppedAdapter = z.infer<typeof droppedAdapter>;

/** Left where it lies, or copied to where the library keeps its files. */
export const adapterKeepings = ['reference', 'copy'] as const;

export const adapterToAdd = z.strictObject({
  token: z.string().max(100),
  keep: z.enum(adapterKeepings),
  /** A new specialization, or one that is there and has seen its latest version. */
  to: z.union([newSpecialization, z.strictObject({ id, version: z.int().positive() })]),
});
export type AdapterToAdd = z.output<typeof adapterToAdd>;

export const adaptersToAdd = z.strictObject({
  tokens: z.array(z.string().max(100)).min(1).max(100_000),
  keep: z.enum(adapterKeepings),
});
export type AdaptersToAdd = z.output<typeof adaptersToAdd>;

/** What came of adding many; `failures` are the first of those that failed. */
export const addedAdapters = z.object({
  added: z.int(),
  failed: z.int(),
  failures: z.array(z.object({ name: z.string(), message: z.string() })),
  /** Takes back all of it; null when there is nothing. */
  undoId: id.nullable(),
});
export type AddedAdapters = z.infer<typeof addedAdapters>;

export const adapterToLocate = z.strictObject({
  id,
  token: z.string().max(100),
  /** Whether it may be another adapter than the one that was there. */
  evenIfDifferent: z.boolean().default(false),
});
export type AdapterToLocate = z.output<typeof adapterToLocate>;

export const inspectedAdapter = z.object({
  /** As it is now; its `status` says how its file is doing. */
  specialization,
  /** As of when its file was there last. */
  report: adapterReport.nullable(),
  isCopy: z.boolean(),
});
export type InspectedAdapter = z.infer<typeof inspectedAdapter>;

/** Enough for a line in a list. */
export const scannedAdapter = z.object({
  token: z.string(),
  name: z.string(),
  format: z.enum(['safetensors', 'gguf']).nullable(),
  baseModel: z.string().nullable(),
  rank: z.int().nullable(),
  fileSizeBytes: z.int().nullable(),
  verdict: told.nullable(),
  /** Null for what can be added. */
  refusal: adapterRefusal.nullable(),
});
export type ScannedAdapter = z.infer<typeof scannedAdapter>;

export const scanPageRequest = z.strictObject({
  jobId: id,
  /** How many have been seen of it. */
  after: z.int().nonnegative().default(0),
  limit: z.int().min(1).max(1000).default(500),
});
export type ScanPageRequest = z.output<typeof scanPageRequest>;

/** In the order in which they were found. `isDone`: there will be no more than `total`. */
export const scanPage = z.object({ adapters: z.array(scannedAdapter), total: z.int(), isDone: z.boolean() });
export type ScanPage = z.infer<typeof scanPage>;

export const filesCheck = z.object({ checked: z.int(), missing: z.int(), changed: z.int(), back: z.int() });
export type FilesCheck = z.infer<typeof filesCheck>;
