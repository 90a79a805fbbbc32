import { randomUUID } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { hashAdapter } from '../adapters/adapter-hashes.ts';
import { readBaseModels } from '../adapters/base-model-folder.ts';
import { checkWeights } from '../adapters/check-weights.ts';
import { copyAdapter, NoRoomError } from '../adapters/copy-adapter.ts';
import { readAdapter, type ReadAdapter } from '../adapters/inspect-adapter.ts';
import { AdapterRefusal, toRefusal } from '../adapters/refusal.ts';
import { scanFolder } from '../adapters/scan-folder.ts';
import type { ReadingOptions } from '../adapters/tensor-bytes.ts';
import { invalidInput, unavailable } from '../errors/loci-error.ts';
import { defineRunner, type JobContext, type JobRunner } from '../jobs/job-runner.ts';
import type { AdapterRecords } from './adapter-records.ts';
import type { AdapterScans } from './adapter-scans.ts';
import { factsOf, isCopy, placeOfAdapter } from './stored-adapter.ts';

export const adapterKinds = {
  hash: 'specializations.hash',
  copy: 'specializations.copy',
  check: 'specializations.checkWeights',
  scan: 'specializations.scan',
} as const;

export interface AdapterJobOptions {
  readonly records: AdapterRecords;
  readonly scans: AdapterScans;
  readonly adaptersDir: string;
  readonly baseModelsDir: string;
}

const ofOne = z.strictObject({ id: z.uuid() });
type OfOne = JobContext<z.infer<typeof ofOne>, never>;

/** What takes as long as an adapter is large. Each begins anew after an interruption. */
export function adapterJobs(options: AdapterJobOptions): JobRunner[] {
  const { records, scans, baseModelsDir } = options;
  return [
    defineRunner({
      kind: adapterKinds.hash,
      parameters: ofOne,
      async run(context: OfOne) {
        const { userId, parameters } = context;
        const { adapter, modelPath } = await openAdapter(options, context);
        const hashes = await hashAdapter(adapter, readingFor(context));
        await records.note(userId, parameters.id, modelPath, hashes);
        return { ...hashes };
      },
    }),
    defineRunner({
      kind: adapterKinds.copy,
      parameters: ofOne,
      run: (context: OfOne) => toSentence(() => copy(options, context)),
    }),
    defineRunner({
      kind: adapterKinds.check,
      parameters: ofOne,
      async run(context: OfOne) {
        const { adapter } = await openAdapter(options, context);
        const { ...check } = await checkWeights(adapter, readingFor(context));
        return check;
      },
    }),
    defineRunner({
      kind: adapterKinds.scan,
      parameters: z.strictObject({ folder: z.string() }),
      async run({ jobId, userId, parameters, signal, report, pausePoint }) {
        const models = await readBaseModels(baseModelsDir);
        const scan = scans.begin(jobId, userId);
        await scanFolder(parameters.folder, {
          models,
          signal,
          async onFound(adapter) {
            scan.add(adapter);
            report({ progress: scan.total });
            await pausePoint();
          },
        });
        scan.finish();
        return { found: scan.total };
      },
    }),
  ];
}

async function copy({ records, adaptersDir, ...options }: AdapterJobOptions, context: OfOne): Promise<null> {
  const { userId, parameters } = context;
  const { adapter, modelPath } = await openAdapter({ records, adaptersDir, ...options }, context);
  if (isCopy(modelPath)) return null;
  const home = path.join(userId, parameters.id);
  const kept = path.join(home, randomUUID());
  const to = path.join(adaptersDir, kept);
  const hashes = await copyAdapter(adapter, to, readingFor(context));
  const copied = await readAdapter(to, { models: await readBaseModels(options.baseModelsDir) });
  const facts = { ...factsOf(copied, kept), ...hashes };
  const noted = await records.note(userId, parameters.id, modelPath, facts);
  // Whichever is not the one in use now has come to nothing, or is from before.
  const current = noted ? path.basename(kept) : undefined;
  for (const name of await readdir(path.join(adaptersDir, home)))
    if (name !== current) await rm(path.join(adaptersDir, home, name), { recursive: true, force: true });
  return null;
}

async function openAdapter(
  { records, adaptersDir }: AdapterJobOptions,
  { userId, parameters }: OfOne,
): Promise<{ adapter: ReadAdapter; modelPath: string }> {
  const { modelPath } = await records.find(userId, parameters.id);
  if (modelPath === null) throw invalidInput('id', 'This specialization has no adapter.');
  const adapter = await toSentence(() => readAdapter(placeOfAdapter(adaptersDir, modelPath)));
  return { adapter, modelPath };
}

function readingFor({ signal, report, pausePoint }: OfOne): ReadingOptions {
  return {
    signal,
    async onProgress(done, total) {
      report({ progress: done, total });
      await pausePoint();
    },
  };
}

/** What is wrong with a file is told as it is. */
async function toSentence<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof NoRoomError) throw unavailable(error.message, error);
    if (error instanceof AdapterRefusal || (error instanceof Error && 'syscall' in error))
      throw unavailable(toRefusal(error).message, error);
    throw error;
  }
}
