import { z } from 'zod';

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
export const adapterNote = z.object({ kind: z.enum(adapterNoteKinds), message: z.string() });
export type AdapterNote = z.infer<typeof adapterNote>;

/** Which model it is for, by the shapes of its tensors and by what it says of itself. */
export const adapterVerdict = z.object({
  kind: z.enum(['fits', 'likely', 'contradicts', 'unknown-shapes', 'image']),
  message: z.string(),
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
