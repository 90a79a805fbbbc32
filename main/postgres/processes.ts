import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import path from 'node:path';

/**
 * What is known of a process by its number. `unknown` is not `gone`: the system refused to tell, and
 * nothing may be concluded from that.
 */
export type ProcessInfo =
  | { readonly state: 'gone' }
  | { readonly state: 'unknown' }
  | { readonly state: 'alive'; readonly executable: string; readonly args: string };

/** A dead process that nobody has collected yet counts as gone: it serves nothing and holds nothing. */
export async function inspectProcess(pid: number): Promise<ProcessInfo> {
  try {
    // Signal 0 is no signal; it only asks whether there is somebody.
    process.kill(pid, 0);
  } catch (error) {
    return {
      state: error instanceof Error && 'code' in error && error.code === 'ESRCH' ? 'gone' : 'unknown',
    };
  }
  if (process.platform === 'linux') return inspectOnLinux(pid);
  return process.platform === 'win32' ? inspectOnWindows(pid) : inspectByPs(pid);
}

/** Whether this is a postmaster (not a backend) of the given data directory, from whatever installation. */
export function isServerOf(info: ProcessInfo, dataDir: string): boolean {
  if (info.state !== 'alive' || !/^postgres(\.exe)?$/i.test(path.basename(info.executable))) return false;
  // Our own starts and those of pg_ctl write it so, the latter with quotes and other slashes on Windows.
  const plain = (text: string) =>
    process.platform === 'win32' ? text.replaceAll('\\', '/').replaceAll('"', '').toLowerCase() : text;
  return plain(info.args).includes(plain(`-D ${dataDir} `));
}

/** The parent of a process, as far as it is known; of an orphan it is whoever collects the dead. */
export async function parentOf(pid: number): Promise<number | undefined> {
  if (process.platform === 'win32') return undefined;
  if (process.platform === 'linux') return (await linuxProcesses()).find((each) => each.pid === pid)?.parent;
  // Not yet run on macOS.
  return Number(await output('ps', ['-o', 'ppid=', '-p', String(pid)])) || undefined;
}

/** The children of a process, as the system lists them now. */
export async function childrenOf(pid: number): Promise<number[]> {
  if (process.platform === 'linux') {
    const all = await linuxProcesses();
    return all.filter(({ parent }) => parent === pid).map((child) => child.pid);
  }
  // Not yet run on macOS or Windows.
  const list =
    process.platform === 'win32'
      ? await output('powershell', [
          '-NoProfile',
          '-Command',
          'Get-CimInstance Win32_Process | ForEach-Object { "$($_.ProcessId) $($_.ParentProcessId)" }',
        ])
      : await output('ps', ['-axo', 'pid=,ppid=']);
  return list
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([child = 0, parent]) => (parent === pid ? [child] : []));
}

/**
 * Processes of this data directory that no lock file tells of, by what they are and where they work:
 * backends that outlived a killed postmaster (they notice its death only between two steps of work),
 * or a postmaster whose lock file was deleted. Linux only; elsewhere the start waits for them.
 */
export async function findStrays(dataDir: string): Promise<{ pid: number; isPostmaster: boolean }[]> {
  if (process.platform !== 'linux') return [];
  const strays: { pid: number; isPostmaster: boolean }[] = [];
  for (const { pid } of await linuxProcesses()) {
    if ((await readlink(`/proc/${pid}/cwd`).catch(() => '')) !== dataDir) continue;
    const info = await inspectOnLinux(pid);
    if (info.state !== 'alive' || path.basename(info.executable) !== 'postgres') continue;
    strays.push({ pid, isPostmaster: isServerOf(info, dataDir) });
  }
  return strays;
}

async function inspectOnLinux(pid: number): Promise<ProcessInfo> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const state = stat.slice(stat.lastIndexOf(')') + 2).charAt(0);
    if (state === 'Z' || state === 'X') return { state: 'gone' };
    const executable = withoutDeleted(await readlink(`/proc/${pid}/exe`));
    const args = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ');
    return { state: 'alive', executable, args };
  } catch {
    return { state: 'unknown' };
  }
}

/** Not yet run on macOS. */
async function inspectByPs(pid: number): Promise<ProcessInfo> {
  const state = (await output('ps', ['-o', 'state=', '-p', String(pid)])).trim();
  if (state === '' || state.startsWith('Z')) return { state: 'gone' };
  const executable = (await output('ps', ['-o', 'comm=', '-p', String(pid)])).trim();
  const args = (await output('ps', ['-ww', '-o', 'command=', '-p', String(pid)])).trim();
  return executable ? { state: 'alive', executable, args: `${args} ` } : { state: 'unknown' };
}

/** Not yet run on Windows. */
async function inspectOnWindows(pid: number): Promise<ProcessInfo> {
  const found = await output('powershell', [
    '-NoProfile',
    '-Command',
    `Get-CimInstance Win32_Process -Filter "ProcessId=${pid}" | ForEach-Object { $_.ExecutablePath; $_.CommandLine }`,
  ]);
  const [executable = '', args = ''] = found.split(/\r?\n/);
  return executable ? { state: 'alive', executable, args: `${args} ` } : { state: 'unknown' };
}

/** The system says so when the file was replaced under a running program, as an update does. */
const withoutDeleted = (file: string) => file.replace(/ \(deleted\)$/, '');

async function linuxProcesses(): Promise<{ pid: number; parent: number }[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const stats = await Promise.all(
    pids.map(async (pid) => ({
      pid: Number(pid),
      stat: await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ''),
    })),
  );
  return stats
    .filter(({ stat }) => stat !== '')
    .map(({ pid, stat }) => ({ pid, parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) }));
}

function output(file: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(file, args, { windowsHide: true }, (error, stdout) => resolve(error ? '' : stdout));
  });
}
