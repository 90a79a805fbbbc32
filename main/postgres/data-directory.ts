import { open, readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { postgresMajor } from './binaries.ts';
import { ClusterError } from './cluster-error.ts';
import { systemCodeOf } from '../errors/system-code.ts';

/** Written as the last act of creation. PG_VERSION will not do: it is there halfway through initdb. */
export const completeMark = 'INIT_OK';

export interface CompleteMark {
  readonly systemIdentifier: string;
  readonly major: number;
}

/**
 * What is in the data directory: nothing yet, or a complete cluster of ours, by its identifier.
 * Anything else is refused with its reason and left as it is: initdb never runs over something that exists.
 */
export async function inspectDataDirectory(dataDir: string): Promise<'absent' | CompleteMark> {
  const entries = await readdir(dataDir).catch((error: unknown) => {
    if (systemCodeOf(error) === 'ENOENT') return [];
    if (systemCodeOf(error) === 'ENOTDIR') throw new ClusterError('not_ours', `${dataDir} is not a folder`);
    throw error;
  });
  if (entries.length === 0) return 'absent';

  const version = await readFile(path.join(dataDir, 'PG_VERSION'), 'utf8').catch(() => undefined);
  const mark = await readFile(path.join(dataDir, completeMark), 'utf8').catch(() => undefined);
  if (version === undefined && mark === undefined)
    throw new ClusterError('not_ours', `${dataDir} holds other files: ${entries.slice(0, 5).join(', ')}`);
  const major = Number(version?.trim());
  if (!version || !Number.isInteger(major) || major <= 0)
    throw new ClusterError('damaged', `${dataDir}/PG_VERSION is missing or empty`);
  if (major !== postgresMajor)
    throw new ClusterError(
      'wrong_major',
      `${dataDir} is of PostgreSQL ${major}, this app runs ${postgresMajor}`,
    );
  if (mark === undefined)
    throw new ClusterError('not_ours', `${dataDir} is a database that Loci did not make`);

  const complete = parseMark(mark);
  const actual = await readSystemIdentifier(dataDir);
  if (!complete || complete.systemIdentifier !== actual) {
    throw new ClusterError(
      'damaged',
      `${dataDir} was made as ${complete?.systemIdentifier ?? 'unknown'}, its control file says ${actual ?? 'nothing'}`,
    );
  }
  return complete;
}

/** Refuses a folder that others own or may read; makes ours private if it is not. */
export async function keepPrivate(dir: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(dir, 'r');
  try {
    const before = await handle.stat();
    const mine = process.getuid?.();
    // Root serves a library as whoever it belongs to.
    if (mine !== 0 && before.uid !== mine)
      throw new ClusterError('permission', `${dir} belongs to user ${before.uid}`);
    if ((before.mode & 0o777) === 0o700) return;
    await handle.chmod(0o700);
    // A share or a FAT disk says yes and does nothing; Postgres would refuse it in words nobody understands.
    if (((await stat(dir)).mode & 0o077) !== 0)
      throw new ClusterError('permission', `the disk of ${dir} cannot keep a folder private`);
  } finally {
    await handle.close();
  }
}

/** The first eight bytes of the control file: a number that initdb makes anew for each cluster. */
export async function readSystemIdentifier(dataDir: string): Promise<string | undefined> {
  const control = await readFile(path.join(dataDir, 'global', 'pg_control')).catch(() => undefined);
  // Every platform we build for stores the low byte first.
  return control && control.length >= 8 ? control.readBigUInt64LE(0).toString() : undefined;
}

function parseMark(text: string): CompleteMark | undefined {
  try {
    const mark: unknown = JSON.parse(text);
    if (
      typeof mark === 'object' &&
      mark !== null &&
      'systemIdentifier' in mark &&
      typeof mark.systemIdentifier === 'string' &&
      'major' in mark &&
      typeof mark.major === 'number'
    ) {
      return { systemIdentifier: mark.systemIdentifier, major: mark.major };
    }
  } catch {
    // Cut off or overwritten; the caller says so.
  }
  return undefined;
}
