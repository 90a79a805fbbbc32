import { useState } from 'react';
import type { SystemReport } from '../../../shared/schemas/system-report.ts';
import { Placeholder } from '../../components/facts.tsx';
import { StackedBar } from '../../components/stacked-bar.tsx';
import { formatBytes, formatCount, formatShare } from '../../text/quantities.ts';
import { kindsInOrder, shareMemory, type ProcessKind } from './memory-shares.ts';
import './memory-use.css';

const names: Readonly<Record<ProcessKind, string>> = {
  database: 'Database',
  model: 'Search by meaning',
  app: 'Loci itself',
  page: 'This window',
  graphics: 'Graphics',
  other: 'Other',
};

export function MemoryUse({ processes }: { processes: SystemReport['processes'] | undefined }) {
  const [pointedAt, setPointedAt] = useState<string>();
  const measured = processes && shareMemory(processes);
  const parts = measured?.shares.map(({ kind, share }) => ({ key: kind, share })) ?? [];
  return (
    <div className="memory-use">
      <StackedBar parts={parts} pointedAt={pointedAt} onPoint={setPointedAt} />
      <table className="memory-use__table">
        <thead>
          <tr>
            <th scope="col">Used by</th>
            <th scope="col">Processes</th>
            <th scope="col">Memory</th>
            <th scope="col">Share</th>
          </tr>
        </thead>
        <tbody onPointerLeave={() => setPointedAt(undefined)}>
          {measured
            ? measured.shares.map(({ kind, count, memoryBytes, share }, at) => (
                <tr
                  key={kind}
                  data-pointed={kind === pointedAt || undefined}
                  onPointerEnter={() => setPointedAt(kind)}
                >
                  <th scope="row">
                    <span className={`swatch tint-${at}`} />
                    {names[kind]}
                  </th>
                  <td>{formatCount(count)}</td>
                  <td>{formatBytes(memoryBytes)}</td>
                  <td>{formatShare(share)}</td>
                </tr>
              ))
            : kindsInOrder.map((kind) => (
                <tr key={kind}>
                  <th scope="row">{names[kind]}</th>
                  <td colSpan={3}>
                    <Placeholder />
                  </td>
                </tr>
              ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Together</th>
            <td>{measured && formatCount(measured.count)}</td>
            <td>{measured ? formatBytes(measured.totalBytes) : <Placeholder />}</td>
            <td>{measured && formatShare(1)}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}
