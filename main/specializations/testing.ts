import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import { JobService } from '../jobs/job-service.ts';
import { withRequestContext } from '../database/request-context.ts';
import { silentLog } from '../logging/log.ts';
import type { TestLibrary } from '../users/testing.ts';
import { adapterJobs } from './adapter-jobs.ts';
import { AdapterRecords } from './adapter-records.ts';
import { AdapterScans } from './adapter-scans.ts';
import { AdapterService } from './adapter-service.ts';
import { SpecializationService } from './specialization-service.ts';

/** The adapters of a library, with folders of their own that are gone when the file is done. */
export function openAdapters(library: TestLibrary): AdapterService {
  return openAdapterApp(library).adapters;
}

export interface AdapterApp {
  readonly adapters: AdapterService;
  readonly jobs: JobService;
  /** Everything: adapters to be added, and in `adapters` the copies of the library. */
  readonly folder: string;
  /** What the person chooses in the next dialog. */
  choose(place: string | undefined): void;
}

export function openAdapterApp(library: TestLibrary): AdapterApp {
  const { audit, currentUserId, newEm, database } = library;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'loci-specializations-'));
  const adaptersDir = path.join(folder, 'adapters');
  const baseModelsDir = path.join(folder, 'base-models');
  const records = new AdapterRecords({ em: newEm(), audit });
  const scans = new AdapterScans();
  const jobs = new JobService({
    em: newEm(),
    currentUserId,
    inContext: (work) => withRequestContext(database.orm, work),
    runners: adapterJobs({ records, scans, adaptersDir, baseModelsDir }),
    log: silentLog,
    onChange: () => undefined,
  });
  let chosen: string | undefined;
  const adapters = new AdapterService({
    em: newEm(),
    currentUserId,
    records,
    scans,
    specializations: new SpecializationService({ em: newEm(), currentUserId, audit }),
    jobs,
    adaptersDir,
    baseModelsDir,
    choose: async () => chosen,
  });
  afterAll(async () => {
    await jobs.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { adapters, jobs, folder, choose: (place) => void (chosen = place) };
}
