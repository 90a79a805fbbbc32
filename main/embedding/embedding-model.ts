import { type Chunker, createChunker } from './chunking.ts';
import { readModelFiles } from './model-files.ts';
import { openSession, type Session } from './onnx-backend.ts';
import { createTokenizer, rememberingTokenizer, type Tokenizer } from './tokenizer.ts';
import type { ModelIdentity, Runtime } from './worker-protocol.ts';

/** all-MiniLM-L6-v2 in memory. */
export interface EmbeddingModel {
  readonly identity: ModelIdentity;
  readonly tokenizer: Tokenizer;
  readonly chunker: Chunker;
  readonly session: Session;
}

/** @throws ModelFaultError if the files are not there or not as they were made */
export async function loadEmbeddingModel(modelDir: string, runtime: Runtime): Promise<EmbeddingModel> {
  const { identity, tokenizer, tokenizerConfig, onnxFile } = await readModelFiles(modelDir);
  const { maxTokens } = identity;
  const remembering = rememberingTokenizer(createTokenizer(tokenizer, tokenizerConfig, maxTokens));
  return {
    identity,
    tokenizer: remembering,
    chunker: createChunker({ count: remembering.count, maxTokens }),
    session: await openSession(onnxFile, runtime),
  };
}
