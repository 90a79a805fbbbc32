import { useState, type FormEvent } from 'react';
import type { EmbeddingModelDto } from '../../../shared/schemas/embedding-model.ts';
import { reasonOf } from '../../api/failure-words.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { formatBytes } from '../../text/quantities.ts';
import { useTexts } from '../../text/use-texts.ts';

interface RemoveModelDialogProps {
  readonly model: EmbeddingModelDto;
  readonly remove: () => Promise<void>;
  readonly onClose: () => void;
  readonly returnTo: () => HTMLElement | null;
}

/** Nothing that a person wrote is lost, but it takes its time to make anew. */
export function RemoveModelDialog({ model, remove, onClose, returnTo }: RemoveModelDialogProps) {
  const texts = useTexts();
  const [isRemoved, setRemoved] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const { name, isShipped, filesBytes, libraryBytes, ready } = model;

  async function submit(event: FormEvent, close: () => void): Promise<void> {
    event.preventDefault();
    if (isBusy) return;
    setBusy(true);
    setFailure(undefined);
    try {
      await remove();
      setRemoved(true);
      close();
    } catch (error) {
      setFailure(reasonOf(error));
      setBusy(false);
    }
  }

  return (
    <Dialog
      title={texts.models.remove.title(name)}
      onClose={onClose}
      returnTo={() => (isRemoved ? returnTo() : null)}
    >
      {(close) => (
        <form className="dialog__form" noValidate onSubmit={(event) => void submit(event, close)}>
          <p className="dialog__text">
            {isShipped || filesBytes === 0
              ? texts.models.remove.frees(formatBytes(libraryBytes))
              : texts.models.remove.freesFiles(formatBytes(libraryBytes), formatBytes(filesBytes))}
          </p>
          <p className="dialog__text">
            {isShipped ? texts.models.remove.againShipped(ready) : texts.models.remove.again(ready)}
          </p>
          {failure !== undefined && (
            <p className="dialog__failure" role="alert">
              {failure}
            </p>
          )}
          <div className="dialog__actions">
            <Button type="submit" tone="danger" aria-disabled={isBusy}>
              {texts.models.remove.deed}
            </Button>
            <Button onClick={close}>{texts.models.remove.keep}</Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
