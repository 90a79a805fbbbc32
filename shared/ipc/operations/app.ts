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
  /** Hands it to the browser or the mail program; the person is asked once for each host. */
  openLink: command(
    z.strictObject({ url: z.string().max(10_000) }),
    z.object({ outcome: z.enum(['opened', 'declined', 'refused']) }),
  ),
  /** Ask again before a link to this host is opened. */
  forgetLinkHost: command(z.strictObject({ host: z.string().max(300) }), nothing),
  /** Whether a page has something that is not saved: the app does not close before it is, for a moment at least. */
  unsaved: command(z.strictObject({ page: z.string().max(50), has: z.boolean() }), nothing),
} as const;
