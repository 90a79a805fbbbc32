import { z } from 'zod';
import { appStatus } from '../../schemas/app-status.ts';
import { systemReport } from '../../schemas/system-report.ts';
import { command, query } from '../define.ts';

const nothing = z.undefined();

export const appOperations = {
  status: query(nothing, appStatus),
  report: query(nothing, systemReport),
  /** Opens the folder of the log files in the system's file manager. */
  openLogs: command(nothing, nothing),
  openLibraryFolder: command(nothing, nothing),
  /** After a failed start: try to open the library again. */
  retry: command(nothing, nothing),
} as const;
