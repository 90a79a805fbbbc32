import { z } from 'zod';
import { appStatus } from '../schemas/app-status.ts';
import { settings, settingsChange } from '../schemas/settings.ts';
import { systemReport } from '../schemas/system-report.ts';
import { operation } from './define.ts';

const nothing = z.undefined();

/** Everything the page can ask of main. Types of both sides and the tests follow from this one object. */
export const contract = {
  app: {
    status: operation(nothing, appStatus),
    report: operation(nothing, systemReport),
    /** Opens the folder of the log files in the system's file manager. */
    openLogs: operation(nothing, nothing),
    openLibraryFolder: operation(nothing, nothing),
    /** After a failed start: try to open the library again. */
    retry: operation(nothing, nothing),
  },
  settings: {
    get: operation(nothing, settings),
    set: operation(settingsChange, settings),
  },
} as const;

export type Contract = typeof contract;
