import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
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
import { invalidInput, LociError, unavailable } from '../errors/loci-error.ts';
import { defineRunner, type JobContext, type JobRunner } from '../jobs/job-runner.ts';
import type { AdapterRecords } from './adapter-records.ts';
import type { AdapterScans } from './adapter-scans.ts';
import { factsOf, isCopy, placeOfAdapter, readKnowledge, type Knowledge } from './stored-adapter.ts';

export const adapterKinds = {
  hash: 'specializations.hash',
  copy: 'specializations.copy',
  check: 'specializations.checkWeights',
  scan: 'specializations.scan',
  /** In `found-adapters.ts`. */
  addFound: 'specializations.addFound',
  hashMissing: 'specializations.hashMissing',
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
  const { scans, baseModelsDir } = options;
  return [
    defineRunner({
      kind: adapterKinds.hash,
      parameters: ofOne,
      async run(context: OfOne) {
        const { userId, parameters } = context;
        return { ...(await hashOne(options, { userId, id: parameters.id }, readingFor(context))) };
      },
    }),
    defineRunner({
      kind: adapterKinds.hashMissing,
      parameters: z.strictObject({}),
      run: (context) => hashMissing(options, context),
    }),
    defineRunner({
      kind: adapterKinds.copy,
      parameters: ofOne,
      async run(context: OfOne) {
        const { userId, parameters } = context;
        const knowledge = await readKnowledge(baseModelsDir);
        await copyOne(options, { userId, id: parameters.id }, knowledge, readingFor(context));
        return null;
      },
    }),
    defineRunner({
      kind: adapterKinds.check,
      parameters: ofOne,
      async run(context: OfOne) {
        const { adapter } = await openAdapter(options, { userId: context.userId, id: context.parameters.id });
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

/** Those that were added many at once, one after the other; what cannot be read now is left for another time. */
async function hashMissing(
  options: AdapterJobOptions,
  { userId, signal, report, pausePoint }: Pick<JobContext, 'userId' | 'signal' | 'report' | 'pausePoint'>,
): Promise<{ hashed: number }> {
  const { records } = options;
  const ids = await records.findUnhashed(userId);
  let hashed = 0;
  for (const [index, id] of ids.entries()) {
    report({ progress: index, total: ids.length });
    await pausePoint();
    try {
      // Another job may have been there before.
      if ((await records.find(userId, id)).sha256 !== null) continue;
      await hashOne(options, { userId, id }, { signal, onProgress: () => pausePoint() });
      hashed++;
    } catch (error) {
      if (signal.aborted || !(error instanceof LociError || error instanceof AdapterRefusal)) throw error;
    }
  }
  return { hashed };
}

async function hashOne(
  options: AdapterJobOptions,
  { userId, id }: { readonly userId: string; readonly id: string },
  reading: ReadingOptions,
) {
  const { adapter, modelPath } = await openAdapter(options, { userId, id });
  const hashes = await hashAdapter(adapter, reading);
  await options.records.note(userId, id, modelPath, hashes);
  return hashes;
}

/** Makes a copy in the library of what is only referred to; what was copied before stays until it is swept. */
export async function copyOne(
  options: AdapterJobOptions,
  about: { readonly userId: string; readonly id: string },
  knowledge: Knowledge,
  reading: ReadingOptions,
): Promise<void> {
  await toSentence(async () => {
    const { records, adaptersDir } = options;
    const { userId, id } = about;
    const { adapter, modelPath } = await openAdapter(options, about);
    if (isCopy(modelPath)) return;
    const kept = path.join(userId, id, randomUUID());
    const to = path.join(adaptersDir, kept);
    const hashes = await copyAdapter(adapter, to, reading);
    const copied = await readAdapter(to, knowledge);
    const noted = await records.note(userId, id, modelPath, {
      ...factsOf(copied, kept, knowledge),
      ...hashes,
    });
    // It is about another adapter by now.
    if (!noted) await rm(to, { recursive: true, force: true });
  });
}

async function openAdapter(
  { records, adaptersDir }: AdapterJobOptions,
  { userId, id }: { readonly userId: string; readonly id: string },
): Promise<{ adapter: ReadAdapter; modelPath: string }> {
  const { modelPath } = await records.find(userId, id);
  if (modelPath === null) throw invalidInput('id', (texts) => texts.failures.specialization.noAdapter);
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
    if (error instanceof NoRoomError) throw unavailable(() => error.said(), error);
    if (error instanceof AdapterRefusal || (error instanceof Error && 'syscall' in error)) {
      const refusal = toRefusal(error);
      throw unavailable(() => refusal.said(), error);
    }
    throw error;
  }
}
