import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { systemCodeOf } from '../errors/system-code.ts';
import { isThere, weightNames } from './model-layout.ts';
import type { ModelFault, ModelIdentity } from './worker-protocol.ts';

/** What ships. */
export const modelName = 'all-MiniLM-L6-v2';

const manifestSchema = z.object({
  name: z.string().min(1).max(200),
  revision: z.string().regex(/^[0-9a-f]{12,64}$/),
  dimension: z.int().positive(),
  maxTokens: z.int().positive(),
  files: z.record(z.string(), z.object({ sha256: z.string(), bytes: z.int() })),
});
export type ModelManifest = z.infer<typeof manifestSchema>;

/** Of the many things that these files say, what matters here. */
const tokenizerConfigSchema = z.looseObject({
  tokenizer_class: z.string(),
  model_max_length: z.number().positive().optional(),
});
const configSchema = z.looseObject({ max_position_embeddings: z.int().positive().optional() });
const poolingSchema = z.looseObject({ pooling_mode_cls_token: z.boolean().optional() });

/** Those that part a text at its spaces before all else, which is what cutting texts relies on. */
const knownTokenizers = [
  'BertTokenizer',
  'BertTokenizerFast',
  'DistilBertTokenizer',
  'DistilBertTokenizerFast',
];
/** A piece as long as a chapter says nothing about its sentences, whatever the model could read. */
const mostTokens = 512;
const poolingName = '1_Pooling/config.json';

export class ModelFaultError extends Error {
  override readonly name = 'ModelFaultError';
  readonly fault: ModelFault;

  constructor(fault: ModelFault, detail: string, cause?: unknown) {
    super(detail, { cause });
    this.fault = fault;
  }
}

export interface ModelFiles {
  /** Without a manifest the dimension is not known before the model has run. */
  readonly identity: Omit<ModelIdentity, 'dimension'> & { readonly dimension?: number };
  readonly tokenizer: unknown;
  readonly tokenizerConfig: unknown;
  readonly onnxFile: string;
  /** What stands for a text, if the model itself doesn't say: the mean of its tokens, or the first of them. */
  readonly pooling: 'mean' | 'first';
  /** By path within the folder. */
  readonly files: ModelManifest['files'];
}

/**
 * Reads the folder of a model and compares every file with the hash its manifest gives: the runtime loads weights
 * with a flipped bit without a word and then finds the wrong memories. One that is not pinned may come without a
 * manifest; then the hashes that its files have now are what it is known by.
 */
export async function readModelFiles(folder: string, { isPinned = true } = {}): Promise<ModelFiles> {
  const manifest = await readManifest(folder, isPinned);
  const files: ModelManifest['files'] = {};
  const verify = async (name: string): Promise<string> => {
    const found = await read(name, () => digest(path.join(folder, name)));
    files[name] = found;
    if (!manifest) return path.join(folder, name);
    const expected = manifest.files[name];
    if (!expected) throw new ModelFaultError('damaged', `The manifest does not mention ${name}.`);
    if (found.bytes !== expected.bytes)
      throw new ModelFaultError('damaged', `${name} has ${found.bytes} bytes instead of ${expected.bytes}.`);
    if (found.sha256 !== expected.sha256)
      throw new ModelFaultError('damaged', `${name} differs from what its manifest says.`);
    return path.join(folder, name);
  };
  const readJson = async (name: string): Promise<unknown> => {
    const text = await readFile(await verify(name), 'utf8');
    try {
      return JSON.parse(text);
    } catch (error) {
      throw new ModelFaultError('damaged', `${name} cannot be read.`, error);
    }
  };
  const firstThere = async (names: readonly string[]) => {
    for (const name of names) if (await isThere(path.join(folder, name))) return name;
    throw new ModelFaultError('missing', `${names[0]} is not there.`);
  };
  const tokenizer = await readJson('tokenizer.json');
  const tokenizerConfig = await readJson('tokenizer_config.json');
  const { tokenizer_class: kind, model_max_length: readable } = parsed(
    'tokenizer_config.json',
    tokenizerConfigSchema,
    tokenizerConfig,
  );
  if (!knownTokenizers.includes(kind))
    throw new ModelFaultError(
      'damaged',
      `Its tokenizer, ${kind}, is of a kind that Loci cannot use: it takes models with a BertTokenizer.`,
    );
  const config = parsed('config.json', configSchema, await readJson('config.json'));
  const pooling = (await isThere(path.join(folder, poolingName)))
    ? parsed(poolingName, poolingSchema, await readJson(poolingName))
    : {};
  const onnxFile = await verify(await firstThere(weightNames));
  const maxTokens = Math.min(
    readable ?? mostTokens,
    config.max_position_embeddings ?? mostTokens,
    mostTokens,
  );
  const hashes = Object.fromEntries(Object.entries(files).map(([name, { sha256 }]) => [name, sha256]));
  return {
    identity: manifest ?? {
      name: path.basename(folder).slice(0, 200),
      revision: createHash('sha256').update(JSON.stringify(hashes)).digest('hex').slice(0, 12),
      maxTokens,
    },
    tokenizer,
    tokenizerConfig,
    onnxFile,
    pooling: pooling.pooling_mode_cls_token === true ? 'first' : 'mean',
    files,
  };
}

function parsed<T>(name: string, schema: z.ZodType<T>, value: unknown): T {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  throw new ModelFaultError('damaged', `${name} does not say what it should.`, error);
}

const manifestName = 'manifest.json';

/** Undefined: it has none, and is somebody else's. */
async function readManifest(folder: string, isPinned: boolean): Promise<ModelManifest | undefined> {
  const name = manifestName;
  let text: string;
  try {
    text = await read(name, () => readFile(path.join(folder, name), 'utf8'));
  } catch (error) {
    if (!isPinned && error instanceof ModelFaultError && error.fault === 'missing') return undefined;
    throw error;
  }
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new ModelFaultError('damaged', `${name} is not the manifest of this model.`, error);
  }
}

/**
 * Copies what belongs to a model, with a manifest that pins what it is now: whatever becomes of the folder it came
 * from. Under its name there is all of it or nothing.
 */
export async function copyModel(from: string, to: string, expected: ModelIdentity): Promise<void> {
  const unfinished = `${to}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  const { identity, files } = await readModelFiles(from, { isPinned: false });
  if (identity.revision !== expected.revision)
    throw new ModelFaultError('damaged', 'The model has changed since it was chosen.');
  for (const name of Object.keys(files)) {
    await mkdir(path.dirname(path.join(unfinished, name)), { recursive: true });
    await copyFile(path.join(from, name), path.join(unfinished, name));
  }
  const manifest: ModelManifest = { ...expected, files };
  await writeFile(path.join(unfinished, manifestName), `${JSON.stringify(manifest)}\n`, { flush: true });
  // Whether it is the same after all: the folder may lie on something that fails.
  await readModelFiles(unfinished);
  await rename(unfinished, to);
}

/** What the manifest in this folder says; undefined if there is none. Nothing else is looked at. */
export async function readPinned(folder: string): Promise<ModelManifest | undefined> {
  try {
    return await readManifest(folder, true);
  } catch {
    return undefined;
  }
}

export const sizeOfFiles = (files: ModelManifest['files']): number =>
  Object.values(files).reduce((sum, { bytes }) => sum + bytes, 0);

/** In pieces: 23 MB of weights in one buffer would stay with an idle process for a long time. */
async function digest(file: string): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of createReadStream(file, { highWaterMark: 1 << 20 })) {
    hash.update(piece);
    bytes += piece.length;
  }
  return { sha256: hash.digest('hex'), bytes };
}

async function read<T>(name: string, reading: () => Promise<T>): Promise<T> {
  try {
    return await reading();
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT')
      throw new ModelFaultError('missing', `${name} is not there.`, error);
    throw new ModelFaultError('damaged', `${name} cannot be read.`, error);
  }
}
