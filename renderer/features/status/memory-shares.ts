import type { SystemReport } from '../../../shared/schemas/system-report.ts';

type ProcessKind = SystemReport['processes'][number]['kind'];

export interface MemoryShare {
  readonly kind: ProcessKind;
  readonly count: number;
  readonly memoryBytes: number;
  /** Of all memory in use, 0 to 1. */
  readonly share: number;
}

export interface MemoryDivision {
  readonly count: number;
  readonly totalBytes: number;
  readonly shares: readonly MemoryShare[];
}

/** Always the same order, so that parts keep their place while they grow and shrink. */
export const kindsInOrder = [
  'database',
  'model',
  'app',
  'page',
  'graphics',
  'other',
] as const satisfies readonly ProcessKind[];

export function shareMemory(processes: SystemReport['processes']): MemoryDivision {
  const totalBytes = processes.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0);
  const shares = kindsInOrder.flatMap((kind) => {
    const same = processes.filter((group) => group.kind === kind);
    const memoryBytes = same.reduce((sum, group) => sum + group.memoryBytes, 0);
    const count = same.reduce((sum, group) => sum + group.count, 0);
    return count === 0
      ? []
      : [{ kind, count, memoryBytes, share: totalBytes === 0 ? 0 : memoryBytes / totalBytes }];
  });
  return { count: shares.reduce((sum, { count }) => sum + count, 0), totalBytes, shares };
}
