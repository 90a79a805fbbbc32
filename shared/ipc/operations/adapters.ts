import { z } from 'zod';
import {
  adapterCandidate,
  adapterToAdd,
  adapterToLocate,
  adaptersToAdd,
  addedAdapters,
  baseModelsKnown,
  droppedAdapter,
  droppedTokens,
  filesCheck,
  inspectedAdapter,
  scanPage,
  scanPageRequest,
} from '../../schemas/adapter.ts';
import { id } from '../../schemas/id.ts';
import { changedSpecialization, specialization } from '../../schemas/specialization.ts';
import { command, query } from '../define.ts';

const one = z.strictObject({ id });
const started = z.object({ jobId: id });

/** The adapter of a specialization: a part of what can be asked of `specializations`. */
export const adapterOperations = {
  /** Asks by a dialog; null when nothing was chosen. */
  chooseAdapter: command(z.strictObject({ what: z.enum(['file', 'folder']) }), adapterCandidate.nullable()),
  /** Answers at once; the job hashes it, and copies it if that was asked for. */
  addAdapter: command(adapterToAdd, z.object({ specialization, jobId: id, undoId: id.nullable() })),
  /** Everything that was found and chosen, by a job. */
  addFound: command(adaptersToAdd, started),
  /** What that has added so far, also when it was stopped. */
  addedFound: command(z.strictObject({ jobId: id }), addedAdapters),
  /** Shows where one puts the `config.json` of further base models, and what is known of them. */
  baseModels: query(z.undefined(), baseModelsKnown),
  showBaseModels: command(z.undefined(), z.null()),
  /** Looks at its file anew if that has changed, and notes if it is gone. */
  inspect: command(one, inspectedAdapter),
  /** Another adapter than before is a conflict, unless that is wanted. */
  locateAdapter: command(adapterToLocate, changedSpecialization),
  copyAdapter: command(one, started),
  /** Looks at every number; what it finds is the result of the job. */
  checkWeights: command(one, started),
  /** Of all adapters, whether their files are where they were. */
  checkAdapterFiles: command(z.undefined(), filesCheck),
  /** Asks for a folder and looks through it; null when none was chosen. */
  scanFolder: command(z.undefined(), started.nullable()),
  /** What was dropped on the window, by the tokens that `window.loci.drop` gave for it. */
  offerDropped: command(droppedTokens, z.array(droppedAdapter)),
  /** Looks through a folder that was dropped. */
  scanDropped: command(z.strictObject({ token: z.string().max(100) }), started),
  /** What a scan has found so far, as long as the app runs. */
  scanned: query(scanPageRequest, scanPage),
} as const;
