import fs from 'node:fs';

/** A process told apart from a later one with the same number by its start time. */
export interface ProcessMark {
  readonly pid: number;
  readonly startTicks: string;
  readonly parent: number;
  readonly command: string;
}

/** Reads one process from /proc; nothing when it is gone or only waits to be reaped. */
function readProcess(pid: number): ProcessMark | undefined {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, parent, startTicks] = [fields[0], fields[1], fields[19]];
    if (state === 'Z' || state === 'X' || parent === undefined || startTicks === undefined) return undefined;
    const command = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return { pid, startTicks, parent: Number(parent), command };
  } catch {
    return undefined;
  }
}

/** The process and all that came from it, as long as the line of parents is unbroken. */
export function processTree(rootPid: number): ProcessMark[] {
  const all = fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(Number(name)) ?? []);
  const tree = all.filter(({ pid }) => pid === rootPid);
  for (const found of tree) tree.push(...all.filter(({ parent }) => parent === found.pid));
  return tree;
}

export function isAlive(mark: ProcessMark): boolean {
  return readProcess(mark.pid)?.startTicks === mark.startTicks;
}
