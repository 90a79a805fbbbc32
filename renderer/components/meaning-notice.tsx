import { FileText } from 'lucide-react';
import type { MeaningState } from '../../shared/schemas/app-status.ts';
import { loci } from '../api/loci.ts';
import { Actions } from './actions.tsx';
import { Notice } from './notice.tsx';
import { useTexts } from '../text/use-texts.ts';

export type MeaningUnavailable = Extract<MeaningState, { state: 'unavailable' }>;

/** Why there is no search by meaning, what that means and what to do. */
export function MeaningNotice({ meaning }: { meaning: MeaningUnavailable }) {
  const texts = useTexts();
  return (
    <Notice tone="quiet" title={texts.meaning.unavailable[meaning.reason]}>
      <p>{texts.failures.meaning[meaning.reason]}</p>
      <Actions
        actions={[{ label: texts.actions.showLogs, icon: FileText, run: () => loci.app.openLogs() }]}
      />
    </Notice>
  );
}
