import { FileText } from 'lucide-react';
import type { MeaningState } from '../../shared/schemas/app-status.ts';
import { loci } from '../api/loci.ts';
import { Actions } from './actions.tsx';
import { Notice } from './notice.tsx';

export type MeaningUnavailable = Extract<MeaningState, { state: 'unavailable' }>;

const titles: Readonly<Record<MeaningUnavailable['reason'], string>> = {
  missing: 'Search by meaning is off: its files are missing',
  damaged: 'Search by meaning is off: its files are damaged',
  crashed: 'Search by meaning stopped working',
};

/** Why there is no search by meaning; main's message says what that means and what to do. */
export function MeaningNotice({ meaning }: { meaning: MeaningUnavailable }) {
  return (
    <Notice tone="quiet" title={titles[meaning.reason]}>
      <p>{meaning.message}</p>
      <Actions actions={[{ label: 'Show log files', icon: FileText, run: () => loci.app.openLogs() }]} />
    </Notice>
  );
}
