import { access, constants, statfs } from 'node:fs/promises';
import os from 'node:os';

/** Where clients reach the server: a private socket, or (Windows has no choice) the loopback. */
export type Listening =
  | { readonly by: 'socket'; readonly dir: string; readonly port: number }
  | { readonly by: 'loopback'; readonly port: number };

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly totalMemoryBytes: number;
  readonly freeMemoryBytes: number;
  /** Room for shared memory between parallel workers; containers often have 64 MB. */
  readonly sharedMemoryBytes: number;
  /** False where there is no /dev/shm, or nobody may write there: some containers. */
  readonly hasPosixSharedMemory: boolean;
}

export interface SettingsInput {
  readonly machine: Machine;
  readonly listening: Listening;
  /** Named in the server itself, so that a later start can tell whether a running one is as it wants it. */
  readonly startedWith: string;
  /** For the tests alone: nothing waits for the disk, and many share one server. */
  readonly throwAway: boolean;
}

const megabyte = 1024 * 1024;
const clamp = (low: number, value: number, high: number) => Math.max(low, Math.min(value, high));
const inMegabytes = (bytes: number) => `${Math.floor(bytes / megabyte)}MB`;

export async function thisMachine(): Promise<Machine> {
  const onLinux = process.platform === 'linux';
  const hasShm = onLinux ? await access('/dev/shm', constants.W_OK).then(yes, no) : true;
  const shm = onLinux && hasShm ? await statfs('/dev/shm').catch(() => undefined) : undefined;
  return {
    platform: process.platform,
    totalMemoryBytes: os.totalmem(),
    freeMemoryBytes: os.freemem(),
    sharedMemoryBytes: shm ? shm.bavail * shm.bsize : Number.POSITIVE_INFINITY,
    hasPosixSharedMemory: hasShm,
  };
}

const yes = () => true;
const no = () => false;

/** Forces a commit through the drive's cache, which the defaults of two systems do not. */
const walSyncMethods: Partial<Record<NodeJS.Platform, string>> = {
  // fsync() there does not flush the drive; only F_FULLFSYNC does.
  darwin: 'fsync_writethrough',
  // The default, open_datasync, may stay in the drive's cache: a minute of commits was lost at a power cut.
  win32: 'fsync',
};

/**
 * Every setting of the server, given by `-c` at each start. Nothing is kept in postgresql.conf: an
 * AppImage, a renamed folder or an update would leave stale paths in it.
 */
export function serverSettings({ machine, listening, startedWith, throwAway }: SettingsInput): string[] {
  const { platform, totalMemoryBytes, freeMemoryBytes, sharedMemoryBytes, hasPosixSharedMemory } = machine;
  const walSyncMethod = walSyncMethods[platform];
  const settings: Record<string, string> = {
    // An acknowledged write survives anything. Never to be relaxed for speed.
    fsync: throwAway ? 'off' : 'on',
    // As above: commits wait for the disk.
    synchronous_commit: throwAway ? 'off' : 'on',
    // As above: a page half written at a power cut is made whole from the log.
    full_page_writes: throwAway ? 'off' : 'on',
    ...(walSyncMethod ? { wal_sync_method: walSyncMethod } : {}),

    // Nothing listens to a network. Sockets: see `unix_socket_directories`.
    listen_addresses: listening.by === 'socket' ? '' : '127.0.0.1',
    port: String(listening.port),
    unix_socket_directories: listening.by === 'socket' ? quoteInList(listening.dir) : '',
    // The folder is private already; this holds even if somebody loosens it.
    unix_socket_permissions: '0700',
    // One app with one pool; on Windows, 500 connections exhaust the desktop heap and kill the server.
    max_connections: throwAway ? '60' : '20',
    // A client of ours answers at once; a stranger may not hold a connection open.
    authentication_timeout: '10s',
    password_encryption: 'scram-sha-256',

    // A 64th of memory: libraries are small, and the system caches files as well.
    shared_buffers: inMegabytes(clamp(64 * megabyte, totalMemoryBytes / 64, 256 * megabyte)),
    // Try for huge pages would take them from other programs for a cache this small.
    huge_pages: 'off',
    // Only a hint for the planner: what the system is likely to cache.
    effective_cache_size: inMegabytes(Math.max(256 * megabyte, totalMemoryBytes / 4)),
    // Sorting and hashing of whole search results in memory; few queries run at once.
    work_mem: '16MB',
    // Building the vector index spills, 3x slower, below its size; parallel builds take it from shared memory.
    maintenance_work_mem: inMegabytes(
      clamp(64 * megabyte, Math.min(freeMemoryBytes / 4, sharedMemoryBytes / 2), 512 * megabyte),
    ),
    // initdb looks for what there is, but the library may be on another machine since. The server needs some of
    // the other kind in any case.
    ...(hasPosixSharedMemory ? {} : { dynamic_shared_memory_type: 'sysv' }),
    // Almost every machine has an SSD: index reads are nearly as cheap as sequential ones.
    random_page_cost: '1.1',
    // Two for index builds, one for vacuum, one to spare. Each is a process only while it works.
    max_worker_processes: '4',
    // Compiling queries pays off for analytics, not for queries of a few milliseconds.
    jit: 'off',

    // No replication: less to write at each commit, three processes fewer.
    wal_level: 'minimal',
    max_wal_senders: '0',
    max_logical_replication_workers: '0',
    // Touched in full at the start: a 32nd of the cache, the default, would be a third of all memory used when idle.
    wal_buffers: '2MB',
    // Room for an import between two checkpoints; more would only take disk and recovery time.
    max_wal_size: '512MB',
    // What is kept for reuse on a quiet machine.
    min_wal_size: '80MB',
    // One small database does not need three.
    autovacuum_max_workers: '1',
    // After a crash, all files are flushed in one call instead of a thousand: seconds, where the disk is busy.
    ...(platform === 'linux' ? { recovery_init_sync_method: 'syncfs' } : {}),
    // A crashed backend restarts the server by itself; a crashed server is our part.
    restart_after_crash: 'on',

    // Standard error is a file next to the cluster: nothing else to rotate, nothing inside PGDATA.
    logging_collector: 'off',
    log_destination: 'stderr',
    // Errors of queries go to the app, not to a file: their text can hold what a person wrote.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    // As above: DETAIL lines quote values and statements.
    log_error_verbosity: 'terse',
    // A line per checkpoint would be most of the log.
    log_checkpoints: 'off',

    // The same everywhere, whatever the machine's language. People see times in theirs by JavaScript.
    timezone: 'UTC',
    log_timezone: 'UTC',
    datestyle: 'ISO,YMD',
    // Messages are matched by their English text; numbers and dates are never formatted by the server.
    lc_messages: 'C',
    lc_monetary: 'C',
    lc_numeric: 'C',
    lc_time: 'C',
    // Every search names its configuration; without one, words are kept as they are.
    default_text_search_config: 'pg_catalog.simple',
    // Settings live here alone.
    allow_alter_system: 'off',
    // Shown in the system's process list.
    cluster_name: 'loci',
    'loci.started_with': startedWith,
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** Postgres reads a list there: commas part, blanks and quotes need quoting. */
const quoteInList = (dir: string) => `"${dir.replaceAll('"', '""')}"`;
