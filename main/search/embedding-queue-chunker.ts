import { readModelFiles } from '../embedding/model-files.ts';
import { createTokenizer } from '../embedding/tokenizer.ts';
import { type Chunker, createChunker } from './chunking.ts';

/** Cuts as the model in this folder reads. Takes a tenth of a second and some megabytes: only where there is work. */
export async function loadChunker(modelDir: string): Promise<Chunker> {
  const { identity, tokenizer, tokenizerConfig } = await readModelFiles(modelDir);
  const { count } = createTokenizer(tokenizer, tokenizerConfig, identity.maxTokens);
  return createChunker({ count, maxTokens: identity.maxTokens });
}
