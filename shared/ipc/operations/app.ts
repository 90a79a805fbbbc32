import { z } from 'zod';
import { appStatus } from '../../schemas/app-status.ts';
import { systemReport } from '../../schemas/system-report.ts';
import { updateState } from '../../schemas/update-state.ts';
import { languages } from '../../texts/language.ts';
import { command, query } from '../define.ts';

const nothing = z.undefined();

export const appOperations = {
  status: query(nothing, appStatus),
  language: query(nothing, z.enum(languages)),
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
  /** Of the window in front: what only main can do with it. */
  act: command(z.strictObject({ deed: z.enum(['fullScreen', 'newWindow', 'quit']) }), nothing),
  /** What was to be done before there was a page to do it; null: nothing. */
  takeCommand: command(nothing, z.string().nullable()),
  /**
   * To a folder that the person chooses: it is copied, compared and opened there, and only then removed here. Where
   * that does not work the library is opened where it was, and the reason given. Null: they chose none.
   */
  moveLibrary: command(nothing, z.object({ location: z.string() }).nullable()),
  /** The licences of all that Loci is made of. */
  licences: query(nothing, z.string()),
  update: query(nothing, updateState),
  /** Looks for a newer Loci and downloads it; how that goes is told by `app:update`. */
  checkForUpdate: command(nothing, nothing),
  /** Closes Loci, installs what was downloaded, and opens it again. */
  installUpdate: command(nothing, nothing),
  /** Whether a page has something that is not saved: the app does not close before it is, for a moment at least. */
  unsaved: command(z.strictObject({ page: z.string().max(50), has: z.boolean() }), nothing),
} as const;
