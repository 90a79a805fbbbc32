import { createHash } from 'node:crypto';
import path from 'node:path';
import { z } from 'zod';
import { adapterReport, type AdapterReport } from '../../shared/schemas/adapter.ts';
import { readBaseModels } from '../adapters/base-model-folder.ts';
import type { BaseModel } from '../adapters/base-models.ts';
import { seenFiles, type SeenFile } from '../adapters/file-state.ts';
import type { ReadAdapter } from '../adapters/inspect-adapter.ts';
import type { AdapterFacts } from './specialization.repository.ts';

const seenFile = z.object({ name: z.string(), sizeBytes: z.number(), modifiedMs: z.number() });
const storedConfig = z.object({
  report: adapterReport.nullable().catch(null),
  files: z.array(seenFile).catch([]),
  knowledge: z.string().catch(''),
});
const mostInteger = 2 ** 31 - 1;

/** What is kept of an adapter in the row of its specialization. */
export function factsOf(adapter: ReadAdapter, modelPath: string, knowledge: Knowledge): AdapterFacts {
  const { report, config } = adapter;
  const { rank } = report;
  return {
    status: 'ready',
    problem: null,
    modelPath,
    format: report.format,
    baseModel: report.baseModel,
    rank: rank !== null && rank > 0 && rank <= mostInteger ? rank : null,
    alpha: report.alpha,
    targetModules: report.targets.map(({ name }) => name),
    dtype: report.dtypes[0]?.dtype ?? null,
    parameterCount: report.parameterCount,
    fileSizeBytes: report.fileSizeBytes,
    // Known once all of it has been read.
    sha256: null,
    tensorHash: null,
    adapterConfig: {
      report,
      files: seenFiles(adapter),
      knowledge: knowledge.mark,
      // Recipes need it as it stands there, folders and all.
      baseModel: config?.baseModel?.slice(0, 4096).toWellFormed().replaceAll('\0', '') ?? null,
    },
  };
}

/** What reports are written with: of other models they would say something else. */
export interface Knowledge {
  readonly models: readonly BaseModel[];
  /** By which it is known that a report was written with it. */
  readonly mark: string;
}

/** To be asked for once, however many adapters are judged by it. */
export async function readKnowledge(baseModelsDir: string): Promise<Knowledge> {
  const models = await readBaseModels(baseModelsDir);
  // The number says how reports are kept, so that those of before are judged anew.
  const known = JSON.stringify([2, models]);
  return { models, mark: createHash('sha256').update(known).digest('base64url').slice(0, 16) };
}

export function readStored(config: unknown): {
  readonly report: AdapterReport | null;
  readonly files: readonly SeenFile[];
  readonly knowledge: string;
} {
  return storedConfig.catch({ report: null, files: [], knowledge: '' }).parse(config);
}

/** Copies are kept by where they lie within the folder for them, which may be moved. */
export function placeOfAdapter(adaptersDir: string, modelPath: string): string {
  return path.isAbsolute(modelPath) ? modelPath : path.join(adaptersDir, modelPath);
}

export function isCopy(modelPath: string): boolean {
  return !path.isAbsolute(modelPath);
}
