import { z } from 'zod';
import { id } from './id.ts';
import { instant } from './instant.ts';
import { job } from './job.ts';

const modelId = z.int().min(1).max(32_767);
const count = z.int().nonnegative();

/** What is known of a model before anything is made with it. */
export const modelFacts = z.object({
  name: z.string(),
  /** Changes with every file of the model. */
  revision: z.string(),
  /** How many numbers stand for a text. */
  dimension: z.int().positive(),
  maxTokens: z.int().positive(),
});

/** A model that memories are, or were, found by. */
export const embeddingModel = modelFacts.extend({
  id: modelId,
  inUse: z.boolean(),
  /** When it was last put in use; null: it never was. */
  usedAt: instant.nullable(),
  /** Its files are there; without them it can't be put in use. */
  isThere: z.boolean(),
  /** Its files came with Loci, and stay when it is removed. */
  isShipped: z.boolean(),
  filesBytes: count,
  /** What its vectors and their index take of the library, as nearly as the server tells. */
  libraryBytes: count,
  /** What memories were cut into for it; each has a vector, or waits for one. */
  pieces: count,
  /** How many memories have their vectors, don't have them yet, or could not be embedded. */
  ready: count,
  pending: count,
  failed: count,
  /** The job that makes its vectors, while the app that was asked to runs. */
  jobId: z.string().nullable(),
});
export type EmbeddingModelDto = z.infer<typeof embeddingModel>;

/** The making of a model's vectors that is under way, stands still, or came to nothing: the last of each model. */
export const modelPreparation = modelFacts.extend({ job });
export type ModelPreparation = z.infer<typeof modelPreparation>;

/** A folder that a person chose, and what is in it. */
export const modelCandidate = modelFacts.extend({
  /** Stands for the folder as long as the app runs. */
  token: id,
  sizeBytes: count,
  /** How many would have to be embedded. */
  memories: count,
});
export type ModelCandidate = z.infer<typeof modelCandidate>;

export const modelChoice = z.strictObject({ token: id });
export const oneModel = z.strictObject({ id: modelId });
