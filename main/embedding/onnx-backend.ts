import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ONNX } from '@xenova/transformers/src/backends/onnx.js';
import type { Runtime } from './worker-protocol.ts';

/** Texts as ids, all of one length. */
export interface TokenGrid {
  readonly texts: number;
  readonly tokens: number;
  readonly ids: BigInt64Array;
}

export interface Session {
  /** One vector of unit length per text, one after the other. */
  run(grid: TokenGrid): Promise<Float32Array>;
}

/**
 * Opens the model with the ONNX runtime that transformers.js found: `onnxruntime-node` everywhere, except
 * inside Electron on macOS, where its allocator and Chromium's kill the process (onnxruntime#29763; with the
 * WebAssembly build until that is fixed). There the bundle holds `onnxruntime-web` under the name of the
 * other, and the runtime is 'wasm'. Run on Linux by a test; not yet run on macOS.
 */
export async function openSession(
  onnxFile: string,
  { runtime, pooling = 'mean' }: { runtime: Runtime; pooling?: 'mean' | 'first' },
): Promise<Session> {
  const session = await (runtime.kind === 'native'
    ? // By path: given bytes, onnxruntime-node 1.14 ignores every option.
      ONNX.InferenceSession.create(onnxFile, {
        executionProviders: ['cpu'],
        intraOpNumThreads: runtime.threads,
      })
    : openWasm(onnxFile, runtime.folder));
  // Ours gives what stands for a text at once; a plain conversion gives its tokens.
  const isPooled = session.outputNames.includes(pooledName);
  const wanted = isPooled ? pooledName : tokensName;
  // Asked for one output only, onnxruntime-node 1.14 returns it under the name of the first.
  const outputs = session.outputNames.slice(0, session.outputNames.indexOf(wanted) + 1);
  return {
    async run({ texts, tokens, ids }) {
      const tensor = (data: BigInt64Array) => new ONNX.Tensor('int64', data, [texts, tokens]);
      const inputs: Record<string, BigInt64Array> = {
        input_ids: ids,
        attention_mask: new BigInt64Array(ids.length).fill(1n),
        token_type_ids: new BigInt64Array(ids.length),
      };
      const results = await session.run(
        Object.fromEntries(session.inputNames.map((name) => [name, tensor(inputs[name] ?? ids)])),
        outputs,
      );
      const numbers = results[wanted]?.data;
      if (!(numbers instanceof Float32Array)) throw new Error('The model returned no vectors.');
      return isPooled ? numbers : pooled(numbers, texts, tokens, pooling);
    },
  };
}

const pooledName = 'sentence_embedding';
const tokensName = 'last_hidden_state';

/** Texts are of one length, so that no token is padding. */
function pooled(numbers: Float32Array, texts: number, tokens: number, by: 'mean' | 'first'): Float32Array {
  const width = numbers.length / (texts * tokens);
  const vectors = new Float32Array(texts * width);
  for (let text = 0; text < texts; text++) {
    const vector = vectors.subarray(text * width, (text + 1) * width);
    for (let token = 0; token < (by === 'first' ? 1 : tokens); token++) {
      const start = (text * tokens + token) * width;
      for (let i = 0; i < width; i++) vector[i] = (vector[i] ?? 0) + (numbers[start + i] ?? 0);
    }
    const length = Math.hypot(...vector) || 1;
    for (let i = 0; i < width; i++) vector[i] = (vector[i] ?? 0) / length;
  }
  return vectors;
}

async function openWasm(onnxFile: string, folder: string) {
  ONNX.env.wasm.wasmPaths = folder + path.sep;
  ONNX.env.wasm.numThreads = 1;
  return ONNX.InferenceSession.create(await readFile(onnxFile), { executionProviders: ['wasm'] });
}
