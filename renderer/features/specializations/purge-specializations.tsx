import { useState, type FormEvent } from 'react';
import { reasonOf } from '../../api/failure-words.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { specializationsInWords } from './adapter-words.ts';
import { purge } from './specialization-deeds.ts';

interface PurgeSpecializationsProps {
  readonly ids: readonly string[];
  readonly onClose: () => void;
}

/** The one deed that nothing brings back. Files that were left where they are stay there. */
export function PurgeSpecializations({ ids, onClose }: PurgeSpecializationsProps) {
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const what = specializationsInWords(ids.length);

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
    <Dialog title={`Delete ${what} for good?`} onClose={onClose}>
      {(close) => (
        <form className="dialog__form" noValidate onSubmit={(event) => void submit(event, close)}>
          <p className="dialog__text">
            What Loci knows of {ids.length === 1 ? 'it' : 'them'} goes, and the copies in the library. Files
            that lie elsewhere stay there, and so do the memories. This cannot be undone.
          </p>
          {failure !== undefined && (
            <p className="dialog__failure" role="alert">
              {failure}
            </p>
          )}
          <div className="dialog__actions">
            <Button type="submit" tone="danger" aria-disabled={isBusy}>
              Delete {what} for good
            </Button>
            <Button onClick={close}>Keep in the trash</Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
