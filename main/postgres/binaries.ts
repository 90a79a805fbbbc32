import { createHash } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ClusterError } from './cluster-error.ts';

/** The server that ships with the app. */
export interface Binaries {
  readonly dir: string;
  readonly initdb: string;
  readonly pgCtl: string;
  readonly postgres: string;
  /** As the manifest says, such as 17.10; of pgvector, 0.8.6. */
  readonly versions: { readonly postgres: string; readonly pgvector: string };
}

/** The only major this code knows how to run, and the only one whose data directories it opens. */
export const postgresMajor = 17;

interface Manifest {
  readonly postgres: string;
  readonly pgvector: string;
  readonly files: Readonly<Record<string, string>>;
}

/** Quick: present, executable, of the right major. Fifty megabytes are not hashed at each start. */
export async function findBinaries(dir: string): Promise<Binaries> {
  const { postgres, pgvector } = await readManifest(dir);
  if (Number.parseInt(postgres, 10) !== postgresMajor) {
    throw new ClusterError('binaries_missing', `${dir} holds PostgreSQL ${postgres}, not ${postgresMajor}`);
  }
  const program = (name: string) =>
    path.join(dir, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  const binaries: Binaries = {
    dir,
    initdb: program('initdb'),
    pgCtl: program('pg_ctl'),
    postgres: program('postgres'),
    versions: { postgres, pgvector },
  };
  for (const file of [binaries.initdb, binaries.pgCtl, binaries.postgres]) {
    await access(file, constants.X_OK).catch((cause: unknown) => {
      throw new ClusterError('binaries_missing', `${file} is missing or may not be run`, { cause });
    });
  }
  return binaries;
}

/** Slow: every file against its hash. Asked when the server fails in a way that a virus scanner could explain. */
export async function findChangedBinaries(dir: string): Promise<string[]> {
  const { files } = await readManifest(dir);
  const changed: string[] = [];
  for (const [name, expected] of Object.entries(files)) {
    const hash = createHash('sha256');
    try {
      await pipeline(createReadStream(path.join(dir, ...name.split('/'))), hash);
    } catch {
      changed.push(name);
      continue;
    }
    if (hash.digest('hex') !== expected) changed.push(name);
  }
  return changed;
}

async function readManifest(dir: string): Promise<Manifest> {
  const file = path.join(dir, 'manifest.json');
  try {
    const manifest: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (isManifest(manifest)) return manifest;
  } catch (cause) {
    throw new ClusterError('binaries_missing', `${file} cannot be read`, { cause });
  }
  throw new ClusterError('binaries_missing', `${file} does not describe a server`);
}

function isManifest(value: unknown): value is Manifest {
  return (
    typeof value === 'object' &&
    value !== null &&
    'postgres' in value &&
    typeof value.postgres === 'string' &&
    'pgvector' in value &&
    typeof value.pgvector === 'string' &&
    'files' in value &&
    typeof value.files === 'object' &&
    value.files !== null &&
    Object.values(value.files).every((hash) => typeof hash === 'string')
  );
}
