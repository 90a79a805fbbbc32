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
export async function openSession(onnxFile: string, runtime: Runtime): Promise<Session> {
  const session = await (runtime.kind === 'native'
    ? // By path: given bytes, onnxruntime-node 1.14 ignores every option.
      ONNX.InferenceSession.create(onnxFile, {
        executionProviders: ['cpu'],
        intraOpNumThreads: runtime.threads,
      })
    : openWasm(onnxFile, runtime.folder));
  return {
    async run({ texts, tokens, ids }) {
      const tensor = (data: BigInt64Array) => new ONNX.Tensor('int64', data, [texts, tokens]);
      const output = 'sentence_embedding';
      const results = await session.run(
        {
          input_ids: tensor(ids),
          attention_mask: tensor(new BigInt64Array(ids.length).fill(1n)),
          token_type_ids: tensor(new BigInt64Array(ids.length)),
        },
        [output],
      );
      const vectors = results[output]?.data;
      if (!(vectors instanceof Float32Array)) throw new Error('The model returned no vectors.');
      return vectors;
    },
  };
}

async function openWasm(onnxFile: string, folder: string) {
  ONNX.env.wasm.wasmPaths = folder + path.sep;
  ONNX.env.wasm.numThreads = 1;
  return ONNX.InferenceSession.create(await readFile(onnxFile), { executionProviders: ['wasm'] });
}
