import { useState } from 'react';
import type { SystemReport } from '../../../shared/schemas/system-report.ts';
import { Placeholder } from '../../components/facts.tsx';
import { StackedBar } from '../../components/stacked-bar.tsx';
import { formatBytes, formatCount, formatShare } from '../../text/quantities.ts';
import { kindsInOrder, shareMemory } from './memory-shares.ts';
import { useTexts } from '../../text/use-texts.ts';
import './memory-use.css';

export function MemoryUse({ processes }: { processes: SystemReport['processes'] | undefined }) {
  const texts = useTexts();
  const [pointedAt, setPointedAt] = useState<string>();
  const measured = processes && shareMemory(processes);
  const parts = measured?.shares.map(({ kind, share }) => ({ key: kind, share })) ?? [];
  return (
    <div className="memory-use">
      <StackedBar parts={parts} pointedAt={pointedAt} onPoint={setPointedAt} />
      <table className="memory-use__table">
        <thead>
          <tr>
            <th scope="col">{texts.status.usedBy}</th>
            <th scope="col">{texts.status.processes}</th>
            <th scope="col">{texts.status.memory}</th>
            <th scope="col">{texts.status.share}</th>
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
                    {texts.status.kinds[kind]}
                  </th>
                  <td>{formatCount(count)}</td>
                  <td>{formatBytes(memoryBytes)}</td>
                  <td>{formatShare(share)}</td>
                </tr>
              ))
            : kindsInOrder.map((kind) => (
                <tr key={kind}>
                  <th scope="row">{texts.status.kinds[kind]}</th>
                  <td colSpan={3}>
                    <Placeholder />
                  </td>
                </tr>
              ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{texts.status.together}</th>
            <td>{measured && formatCount(measured.count)}</td>
            <td>{measured ? formatBytes(measured.totalBytes) : <Placeholder />}</td>
            <td>{measured && formatShare(1)}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}
