import { followJob } from '../../api/adapter-jobs.ts';
import { loci } from '../../api/loci.ts';
import { currentPlace, go } from '../../navigation/history.ts';
import { isSpecializations } from '../../navigation/place.ts';
import { attempt } from '../undo/undo.ts';
import { showAddDialog, type Offered } from './add-dialog.tsx';
import { lineOfCandidate } from './found-lines.ts';
import { showFoundDialog, showScanDialog } from './found-dialog.tsx';

type Target = Parameters<typeof showAddDialog>[0]['to'];

/** Shows what was added, in the library. */
export function showAdded(id: string): void {
  go({ view: { kind: 'specializations' }, open: id });
}

/** Asks for a file or a folder by the dialog of the system. */
export async function chooseAdapter(what: 'file' | 'folder', to?: Target): Promise<void> {
  const candidate = await attempt(() => loci.specializations.chooseAdapter({ what }));
  if (candidate) showAddDialog({ candidate, to, onAdded: to ? () => undefined : showAdded });
}

/** Asks for a folder, and shows what is found in it as it is found. */
export async function scanFolder(): Promise<void> {
  const started = await attempt(() => loci.specializations.scanFolder());
  if (started) beginScan(started.jobId);
}

function beginScan(jobId: string): void {
  followJob(jobId);
  showScanDialog(jobId);
}

/** What was dropped on the window: main knows where it lies, the page has tokens. */
export async function bringDropped(tokens: readonly string[]): Promise<void> {
  if (tokens.length === 0) return;
  const dropped = await attempt(() => loci.specializations.offerDropped({ tokens: [...tokens] }));
  if (!dropped) return;
  const offered = dropped.map(({ token, isFolder, candidate }): Offered => ({
    candidate,
    lookThrough: isFolder ? () => scanDropped(token) : undefined,
  }));
  const [only, ...more] = offered;
  if (!only) return;
  if (more.length === 0) showAddDialog({ ...only, onAdded: showAdded });
  else showFoundDialog(offered.map(({ candidate }) => lineOfCandidate(candidate)));
}

async function scanDropped(token: string): Promise<void> {
  const started = await attempt(() => loci.specializations.scanDropped({ token }));
  if (started) beginScan(started.jobId);
}

/** What holds the numbers of a model, by its name; what is refused of it is said by main. */
const modelFile = /\.(?:safetensors|gguf|bin|pt|pth|ckpt|pkl|index\.json)$/i;

/** Whether what is dropped is for the library of adapters: models, folders, and anything on its own page. */
export function areAdapters(brought: DataTransfer): boolean {
  const files = [...brought.files];
  if (files.length === 0) return false;
  if (isSpecializations(currentPlace().view)) return true;
  const isFolder = [...brought.items].some((item) => item.webkitGetAsEntry()?.isDirectory);
  return isFolder || files.some(({ name }) => modelFile.test(name));
}
