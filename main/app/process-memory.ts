import { app } from 'electron';
import { readFile } from 'node:fs/promises';
import type { SystemReport } from '../../shared/schemas/system-report.ts';

type ProcessReport = SystemReport['processes'][number];

/** Memory by what it is for. The server's and the model's processes are not Electron's to name. */
export async function reportProcesses(
  serverPids: readonly number[],
  modelPid: number | undefined,
): Promise<ProcessReport[]> {
  const found: { pid: number; kind: ProcessReport['kind']; fallbackBytes: number }[] = [];
  for (const metric of app.getAppMetrics()) {
    const kind = metric.pid === modelPid ? 'model' : (kinds[metric.type] ?? 'other');
    found.push({ pid: metric.pid, kind, fallbackBytes: metric.memory.workingSetSize * 1024 });
  }
  for (const pid of serverPids) found.push({ pid, kind: 'database', fallbackBytes: 0 });

  const groups = new Map<ProcessReport['kind'], ProcessReport>();
  const sizes = await Promise.all(
    found.map(async ({ pid, fallbackBytes }) => (await proportionalBytes(pid)) ?? fallbackBytes),
  );
  for (const [at, { kind }] of found.entries()) {
    const group = groups.get(kind) ?? { kind, count: 0, memoryBytes: 0 };
    groups.set(kind, { kind, count: group.count + 1, memoryBytes: group.memoryBytes + (sizes[at] ?? 0) });
  }
  return [...groups.values()].toSorted((a, b) => b.memoryBytes - a.memoryBytes);
}

const kinds: Readonly<Record<string, ProcessReport['kind']>> = {
  Browser: 'app',
  Tab: 'page',
  GPU: 'graphics',
};

/** Linux tells each process's fair share of what it shares (PSS); elsewhere the working set has to do. */
async function proportionalBytes(pid: number): Promise<number | undefined> {
  try {
    const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8');
    const kilobytes = /^Pss:\s+(\d+) kB/m.exec(rollup)?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  } catch {
    return undefined;
  }
}
