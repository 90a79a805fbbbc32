import { z } from 'zod';
import { id } from './id.ts';
import { memoryRoles } from './specialization.ts';

export const runtimes = ['ollama', 'llama.cpp', 'vllm', 'peft', 'diffusers'] as const;
export type Runtime = (typeof runtimes)[number];

export const recipeFile = z.object({
  /** To save it under. */
  name: z.string(),
  language: z.enum(['modelfile', 'shell', 'python', 'json']),
  text: z.string(),
});
export type RecipeFile = z.infer<typeof recipeFile>;

export const recipe = z.object({
  runtime: z.enum(runtimes),
  title: z.string(),
  /** `after-steps`: once it is converted or completed, as its files say. */
  fits: z.enum(['yes', 'after-steps', 'no']),
  /** What to know before; of one that does not fit, why. */
  warnings: z.array(z.string()),
  files: z.array(recipeFile),
});
export type Recipe = z.infer<typeof recipe>;

export const recipeToSave = z.strictObject({ id, runtime: z.enum(runtimes), file: z.string().max(200) });
export type RecipeToSave = z.output<typeof recipeToSave>;

export const trainingFormats = ['instruction', 'completion', 'text'] as const;
export type TrainingFormat = (typeof trainingFormats)[number];

const options = {
  format: z.enum(trainingFormats),
  /** What the model is asked: `{title}` stands for the title of the memory. */
  prompt: z.string().max(2000).default('{title}'),
  roles: z.array(z.enum(memoryRoles)).min(1).max(memoryRoles.length).default(['training']),
  /** How many of a hundred are kept apart, to see how well it has learnt. */
  validationPercent: z.int().min(0).max(50).default(0),
  /** The same number parts the same memories in the same way. */
  seed: z
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(1),
};
export const trainingRequest = z.strictObject({ id, ...options });
export type TrainingRequest = z.output<typeof trainingRequest>;
export type TrainingOptions = Omit<TrainingRequest, 'id'>;

/** `no-prompt`: the prompt has a title in it, and the memory has none, nor a first line that could be one. */
export const leavingReasons = ['same-text', 'no-prompt', 'empty'] as const;
export type LeavingReason = (typeof leavingReasons)[number];
export const trainingParts = ['training', 'validation'] as const;
export type TrainingPart = (typeof trainingParts)[number];

export const trainingPreview = z.object({
  examples: z.int(),
  training: z.int(),
  validation: z.int(),
  bytes: z.int(),
  leftOut: z.array(z.object({ reason: z.enum(leavingReasons), count: z.int() })),
  /** The first of them, as they stand in the file. */
  lines: z.array(z.object({ id, part: z.enum(trainingParts), line: z.string() })),
});
export type TrainingPreview = z.infer<typeof trainingPreview>;
