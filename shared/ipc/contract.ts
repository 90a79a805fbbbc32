import { z } from 'zod';
import { appStatus } from '../schemas/app-status.ts';
import { settings, settingsChange } from '../schemas/settings.ts';
import { systemReport } from '../schemas/system-report.ts';
import { command, query } from './define.ts';

const nothing = z.undefined();

/** Everything the page can ask of main. Types of both sides and the tests follow from this one object. */
export const contract = {
  app: {
    status: query(nothing, appStatus),
    report: query(nothing, systemReport),
    /** Opens the folder of the log files in the system's file manager. */
    openLogs: command(nothing, nothing),
    openLibraryFolder: command(nothing, nothing),
    /** After a failed start: try to open the library again. */
    retry: command(nothing, nothing),
  },
  settings: {
    get: query(nothing, settings),
    set: command(settingsChange, settings),
  },
} as const;

export type Contract = typeof contract;
