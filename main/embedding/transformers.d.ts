/**
 * Two inner modules of @xenova/transformers, with the little of them that is used. Its front door also
 * loads pictures, audio and two hundred model classes, for which the worker would pay at every start.
 */
declare module '@xenova/transformers/src/tokenizers.js' {
  export class BertTokenizer {
    constructor(tokenizer: unknown, config: unknown);
    /** The ids of a whole text, with [CLS] before and [SEP] behind. */
    encode(text: string): number[];
    readonly sep_token_id: number;
  }
}

declare module '@xenova/transformers/src/backends/onnx.js' {
  interface Tensor {
    readonly data: unknown;
  }
  interface InferenceSession {
    readonly inputNames: readonly string[];
    readonly outputNames: readonly string[];
    run(feeds: Readonly<Record<string, Tensor>>, outputs: readonly string[]): Promise<Record<string, Tensor>>;
  }
  interface SessionOptions {
    readonly executionProviders: readonly string[];
    readonly intraOpNumThreads?: number;
  }
  export const ONNX: {
    readonly Tensor: new (type: 'int64', data: BigInt64Array, shape: readonly number[]) => Tensor;
    readonly InferenceSession: {
      create(model: string | Uint8Array, options: SessionOptions): Promise<InferenceSession>;
    };
    readonly env: { readonly wasm: { wasmPaths?: string; numThreads?: number } };
  };
}
