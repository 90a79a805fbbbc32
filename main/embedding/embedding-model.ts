import { type Chunker, createChunker } from './chunking.ts';
import { fillGrid } from './batching.ts';
import { ModelFaultError, readModelFiles } from './model-files.ts';
import { openSession, type Session } from './onnx-backend.ts';
import { once } from './once.ts';
import { createTokenizer, rememberingTokenizer, type Tokenizer } from './tokenizer.ts';
import type { ModelIdentity, Runtime } from './worker-protocol.ts';

/** What pgvector can index of halves. */
const mostNumbers = 4000;

/** A model in memory. */
export interface EmbeddingModel {
  readonly identity: ModelIdentity;
  readonly tokenizer: Tokenizer;
  readonly chunker: Chunker;
  /**
   * For a single text, and for what is added while somebody types: on one thread. Two that wait for each other while
   * window and database keep the cores busy take twice as long.
   */
  readonly session: Session;
  /** For many texts: on all threads, opened when there are many for the first time. */
  readonly sessionForMany: () => Promise<Session>;
}

/** @throws ModelFaultError if the files are not there, not as they were made, or of another kind */
export async function loadEmbeddingModel(
  modelDir: string,
  { runtime, isPinned = true }: { runtime: Runtime; isPinned?: boolean },
): Promise<EmbeddingModel> {
  const { identity, tokenizer, tokenizerConfig, onnxFile, pooling } = await readModelFiles(modelDir, {
    isPinned,
  });
  const { maxTokens } = identity;
  const remembering = rememberingTokenizer(createTokenizer(tokenizer, tokenizerConfig, maxTokens));
  const isOnOne = runtime.kind !== 'native' || runtime.threads === 1;
  const session = await openSession(onnxFile, {
    runtime: isOnOne ? runtime : { ...runtime, threads: 1 },
    pooling,
  });
  const dimension = await lengthOfVectors(session, remembering);
  if (identity.dimension !== undefined && identity.dimension !== dimension)
    throw new ModelFaultError('damaged', `It gives ${dimension} numbers instead of ${identity.dimension}.`);
  return {
    identity: { name: identity.name, revision: identity.revision, dimension, maxTokens },
    tokenizer: remembering,
    chunker: createChunker({ count: remembering.count, maxTokens }),
    session,
    sessionForMany: isOnOne ? async () => session : once(() => openSession(onnxFile, { runtime, pooling })),
  };
}

async function lengthOfVectors(session: Session, tokenizer: Tokenizer): Promise<number> {
  try {
    const { length } = await session.run(fillGrid([{ position: 0, ids: tokenizer.encode('') }]));
    if (length > 0 && length <= mostNumbers) return length;
  } catch (error) {
    throw new ModelFaultError('damaged', 'It is not a model that gives vectors of texts.', error);
  }
  throw new ModelFaultError('damaged', 'Its vectors are longer than an index can take.');
}
