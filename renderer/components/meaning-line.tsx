import { Check, FileText, LoaderCircle } from 'lucide-react';
import type { MeaningState } from '../../shared/schemas/app-status.ts';
import { loci } from '../api/loci.ts';
import { Actions } from './actions.tsx';
import './meaning-line.css';
import { Notice } from './notice.tsx';

type Unavailable = Extract<MeaningState, { state: 'unavailable' }>;

const titles: Readonly<Record<Unavailable['reason'], string>> = {
  missing: 'Search by meaning is off: its files are missing',
  damaged: 'Search by meaning is off: its files are damaged',
  crashed: 'Search by meaning stopped working',
};

/** How far search by meaning is: one quiet line when all is well, a notice with the reason when not. */
export function MeaningLine({ meaning }: { meaning: MeaningState }) {
  if (meaning.state === 'unavailable') {
    return (
      <Notice tone="quiet" title={titles[meaning.reason]}>
        <p>{meaning.message}</p>
        <Actions actions={[{ label: 'Show log files', icon: FileText, run: () => loci.app.openLogs() }]} />
      </Notice>
    );
  }
  const ready = meaning.state === 'ready';
  const Icon = ready ? Check : LoaderCircle;
  return (
    <output className="meaning-line" data-state={meaning.state}>
      <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
      {ready ? 'Search by meaning is ready' : 'Search by meaning is getting ready'}
    </output>
  );
}
