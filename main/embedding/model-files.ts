import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { ModelFault, ModelIdentity } from './worker-protocol.ts';

export const modelName = 'all-MiniLM-L6-v2';

const manifestSchema = z.object({
  name: z.literal(modelName),
  revision: z.string().min(1),
  dimension: z.int().positive(),
  maxTokens: z.int().positive(),
  files: z.record(z.string(), z.object({ sha256: z.string(), bytes: z.int() })),
});

export class ModelFaultError extends Error {
  override readonly name = 'ModelFaultError';
  readonly fault: ModelFault;

  constructor(fault: ModelFault, detail: string, cause?: unknown) {
    super(detail, { cause });
    this.fault = fault;
  }
}

export interface ModelFiles {
  readonly identity: ModelIdentity;
  readonly tokenizer: unknown;
  readonly tokenizerConfig: unknown;
  readonly onnxFile: string;
}

/**
 * Reads a model and compares every file with the hash its manifest gives: the runtime loads weights with a
 * flipped bit without a word and then finds the wrong memories.
 */
export async function readModelFiles(modelDir: string): Promise<ModelFiles> {
  const folder = path.join(modelDir, modelName);
  const { files, ...identity } = await readManifest(folder);
  const verify = async (name: string): Promise<string> => {
    const expected = files[name];
    if (!expected) throw new ModelFaultError('damaged', `The manifest does not mention ${name}.`);
    const { sha256, bytes } = await read(name, () => digest(path.join(folder, name)));
    if (bytes !== expected.bytes)
      throw new ModelFaultError('damaged', `${name} has ${bytes} bytes instead of ${expected.bytes}.`);
    if (sha256 !== expected.sha256)
      throw new ModelFaultError('damaged', `${name} differs from what its manifest says.`);
    return path.join(folder, name);
  };
  const readJson = async (name: string): Promise<unknown> =>
    JSON.parse(await readFile(await verify(name), 'utf8'));
  return {
    identity,
    tokenizer: await readJson('tokenizer.json'),
    tokenizerConfig: await readJson('tokenizer_config.json'),
    onnxFile: await verify('onnx/model_quantized.onnx'),
  };
}

async function readManifest(folder: string): Promise<z.infer<typeof manifestSchema>> {
  const name = 'manifest.json';
  const text = await read(name, () => readFile(path.join(folder, name), 'utf8'));
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new ModelFaultError('damaged', `${name} is not the manifest of this model.`, error);
  }
}

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
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (missing) throw new ModelFaultError('missing', `${name} is not there.`, error);
    throw new ModelFaultError('damaged', `${name} cannot be read.`, error);
  }
}
