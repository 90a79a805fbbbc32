import { FolderOpen } from 'lucide-react';
import { useState } from 'react';
import { useAsked } from '../../api/asked.ts';
import { loci } from '../../api/loci.ts';
import { Actions } from '../../components/actions.tsx';
import { useTexts } from '../../text/use-texts.ts';

/** How it is known which model an adapter is for, and how one adds a model that is not known yet. */
export function KnownBaseModels() {
  const texts = useTexts();
  const [isOpen, setOpen] = useState(false);
  const { answer } = useAsked(isOpen ? 'base models' : undefined, () => loci.specializations.baseModels());
  return (
    <details className="adapter-training__more" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{texts.specializations.bases.title}</summary>
      <p className="specialization-section__intro">
        {texts.specializations.bases.how(answer?.shipped ?? 0)} {texts.specializations.bases.extend}
      </p>
      {answer !== undefined && answer.own.length > 0 && (
        <p className="specialization-section__intro">{texts.specializations.bases.own(answer.own)}</p>
      )}
      {answer !== undefined && answer.unreadable.length > 0 && (
        <p className="specialization-section__intro">
          {texts.specializations.bases.unreadable(answer.unreadable)}
        </p>
      )}
      <Actions
        actions={[
          {
            label: texts.specializations.bases.show,
            icon: FolderOpen,
            run: async () => void (await loci.specializations.showBaseModels()),
          },
        ]}
      />
    </details>
  );
}
