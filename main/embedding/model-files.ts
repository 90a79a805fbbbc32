import { createHash } from 'node:crypto';
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
  const contents = new Map<string, Buffer>();
  for (const [name, expected] of Object.entries(files)) {
    const bytes = await readPart(folder, name);
    if (bytes.length !== expected.bytes)
      throw new ModelFaultError('damaged', `${name} has ${bytes.length} bytes instead of ${expected.bytes}.`);
    if (createHash('sha256').update(bytes).digest('hex') !== expected.sha256)
      throw new ModelFaultError('damaged', `${name} differs from what its manifest says.`);
    contents.set(name, bytes);
  }
  const verified = (name: string): Buffer => {
    const bytes = contents.get(name);
    if (!bytes) throw new ModelFaultError('damaged', `The manifest does not mention ${name}.`);
    return bytes;
  };
  const onnx = 'onnx/model_quantized.onnx';
  verified(onnx);
  return {
    identity,
    tokenizer: JSON.parse(verified('tokenizer.json').toString()),
    tokenizerConfig: JSON.parse(verified('tokenizer_config.json').toString()),
    onnxFile: path.join(folder, onnx),
  };
}

async function readManifest(folder: string): Promise<z.infer<typeof manifestSchema>> {
  const text = await readPart(folder, 'manifest.json');
  try {
    return manifestSchema.parse(JSON.parse(text.toString()));
  } catch (error) {
    throw new ModelFaultError('damaged', 'manifest.json is not the manifest of this model.', error);
  }
}

async function readPart(folder: string, name: string): Promise<Buffer> {
  try {
    return await readFile(path.join(folder, name));
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (missing) throw new ModelFaultError('missing', `${name} is not there.`, error);
    throw new ModelFaultError('damaged', `${name} cannot be read.`, error);
  }
}
