import fs from 'node:fs';
import { processTree, type ProcessMark } from '../e2e/processes.ts';

/** What the processes of an app took over some time, and hold at its end. */
export interface ProcessUse {
  readonly kind: string;
  readonly count: number;
  /** Of one core. */
  readonly cpuPercent: number;
  readonly pss: Memory;
}

/** Proportional: what a process holds alone plus its share of what it holds with others; bytes. */
export interface Memory {
  readonly all: number;
  /** Its own: heaps and stacks. */
  readonly own: number;
  /** Programs and libraries, as far as they are in memory. */
  readonly files: number;
  /** For several processes: the cache of the server, pictures on their way to the screen. */
  readonly shared: number;
}

export interface Moment {
  readonly atMs: number;
  readonly processes: ReadonlyMap<number, Reading>;
}

interface Reading {
  readonly kind: string;
  readonly parent: number;
  readonly ticks: number;
  /** Of children that have ended. */
  readonly childTicks: number;
}

const ticksPerSecond = 100;
const nothing: Memory = { all: 0, own: 0, files: 0, shared: 0 };

export function readMoment(mainPid: number): Moment {
  const processes = new Map<number, Reading>();
  for (const mark of processTree(mainPid)) {
    const [user, system, childUser, childSystem] = timesOf(mark.pid);
    processes.set(mark.pid, {
      kind: kindOf(mark, mark.pid === mainPid),
      parent: mark.parent,
      ticks: user + system,
      childTicks: childUser + childSystem,
    });
  }
  return { atMs: performance.now(), processes };
}

/** What was done since a moment, and what is held now, by kind of process. */
export function useSince(before: Moment, mainPid: number): ProcessUse[] {
  const now = readMoment(mainPid);
  const seconds = (now.atMs - before.atMs) / 1_000;
  const percent = (ticks: number) => (ticks / ticksPerSecond / seconds) * 100;
  const kinds = new Map<string, ProcessUse>();
  const add = (kind: string, count: number, ticks: number, pss: Memory) => {
    const known = kinds.get(kind) ?? { kind, count: 0, cpuPercent: 0, pss: nothing };
    kinds.set(kind, {
      kind,
      count: known.count + count,
      cpuPercent: known.cpuPercent + percent(ticks),
      pss: sum([known.pss, pss]),
    });
  };
  let ofEnded = 0;
  for (const [pid, reading] of now.processes) {
    const then = before.processes.get(pid);
    add(reading.kind, 1, reading.ticks - (then?.ticks ?? 0), memoryOf(pid));
    ofEnded += reading.childTicks - (then?.childTicks ?? 0);
  }
  // What they had done before the moment stands in the time of their parents too.
  for (const [pid, { ticks, childTicks }] of before.processes)
    if (!now.processes.has(pid)) ofEnded -= ticks + childTicks;
  if (ofEnded > 0) add('came and went', 0, ofEnded, nothing);
  return [...kinds.values()].toSorted((a, b) => b.pss.all - a.pss.all);
}

export function sum(parts: readonly Memory[]): Memory {
  return parts.reduce(
    (total, each) => ({
      all: total.all + each.all,
      own: total.own + each.own,
      files: total.files + each.files,
      shared: total.shared + each.shared,
    }),
    nothing,
  );
}

function timesOf(pid: number): [number, number, number, number] {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    return [fields[11] ?? 0, fields[12] ?? 0, fields[13] ?? 0, fields[14] ?? 0];
  } catch {
    // Gone in the meantime.
    return [0, 0, 0, 0];
  }
}

function memoryOf(pid: number): Memory {
  try {
    const rollup = fs.readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    const bytes = (name: string) =>
      Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(rollup)?.[1] ?? 0) * 1024;
    return {
      all: bytes('Pss'),
      own: bytes('Pss_Anon'),
      files: bytes('Pss_File'),
      shared: bytes('Pss_Shmem'),
    };
  } catch {
    return nothing;
  }
}

function kindOf({ command }: ProcessMark, isMain: boolean): string {
  if (isMain) return 'app';
  const type = /--type=(\S+)/.exec(command)?.[1];
  if (type === 'utility') return command.includes('node.mojom.NodeService') ? 'model' : 'network';
  if (type) return { renderer: 'page', 'gpu-process': 'graphics' }[type] ?? 'start of processes';
  if (!command.includes('postgres')) return 'watch over the server';
  const role = /^postgres: \S+: (checkpointer|background writer|walwriter|autovacuum launcher)/.exec(command);
  if (role?.[1]) return `server: ${role[1]}`;
  return command.startsWith('postgres: ') ? 'server: connections' : 'server: main';
}
