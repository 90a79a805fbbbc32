import { useTexts } from '../../text/use-texts.ts';
import { useState, type FormEvent } from 'react';
import { reasonOf } from '../../api/failure-words.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { purge } from './specialization-deeds.ts';

interface PurgeSpecializationsProps {
  readonly ids: readonly string[];
  readonly onClose: () => void;
}

/** The one deed that nothing brings back. Files that were left where they are stay there. */
export function PurgeSpecializations({ ids, onClose }: PurgeSpecializationsProps) {
  const texts = useTexts();
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();

  async function submit(event: FormEvent, close: () => void): Promise<void> {
    event.preventDefault();
    if (isBusy) return;
    setBusy(true);
    setFailure(undefined);
    try {
      await purge(ids);
      close();
    } catch (error) {
      setFailure(reasonOf(error));
      setBusy(false);
    }
  }

  return (
    <Dialog title={texts.specializations.purge.title(ids.length)} onClose={onClose}>
      {(close) => (
        <form className="dialog__form" noValidate onSubmit={(event) => void submit(event, close)}>
          <p className="dialog__text">{texts.specializations.purge.text(ids.length)}</p>
          {failure !== undefined && (
            <p className="dialog__failure" role="alert">
              {failure}
            </p>
          )}
          <div className="dialog__actions">
            <Button type="submit" tone="danger" aria-disabled={isBusy}>
              {texts.specializations.purge.deed(ids.length)}
            </Button>
            <Button onClick={close}>{texts.specializations.purge.keep}</Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
