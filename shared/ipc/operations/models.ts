import { z } from 'zod';
import {
  embeddingModel,
  modelCandidate,
  modelChoice,
  modelPreparation,
  oneModel,
} from '../../schemas/embedding-model.ts';
import { id } from '../../schemas/id.ts';
import { command, query } from '../define.ts';

const nothing = z.undefined();
const models = z.array(embeddingModel);

/** Which model memories are found with by their meaning. */
export const modelOperations = {
  list: query(nothing, models),
  /** Without those that succeeded; their jobs are acted on by `jobs`. */
  preparations: query(nothing, z.array(modelPreparation)),
  /** The model that came with Loci; null when it is in the list. */
  shipped: query(nothing, modelCandidate.nullable()),
  /** Lets the person choose a folder and looks whether it holds a model. Null: they chose none. */
  choose: command(nothing, modelCandidate.nullable()),
  /**
   * Makes its vectors beside those in use, and when all are there puts it in use. The job `models.build` tells how far
   * it is and can be paused, cancelled and, after a restart, resumed.
   */
  build: command(modelChoice, z.object({ jobId: id })),
  /** Back to one that was in use before, or forward again. */
  switch: command(oneModel, models),
  /** Its vectors and its files; not of the one that is in use. */
  remove: command(oneModel, models),
} as const;
