import { useState, type FormEvent } from 'react';
import type { EmbeddingModelDto } from '../../../shared/schemas/embedding-model.ts';
import { reasonOf } from '../../api/failure-words.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { formatBytes, memoriesInWords } from '../../text/quantities.ts';

interface RemoveModelDialogProps {
  readonly model: EmbeddingModelDto;
  readonly remove: () => Promise<void>;
  readonly onClose: () => void;
  readonly returnTo: () => HTMLElement | null;
}

/** Nothing that a person wrote is lost, but it takes its time to make anew. */
export function RemoveModelDialog({ model, remove, onClose, returnTo }: RemoveModelDialogProps) {
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
    <Dialog title={`Remove ${name}?`} onClose={onClose} returnTo={() => (isRemoved ? returnTo() : null)}>
      {(close) => (
        <form className="dialog__form" noValidate onSubmit={(event) => void submit(event, close)}>
          <p className="dialog__text">
            This frees about {formatBytes(libraryBytes)} in the library, for what you add to it
            {isShipped || filesBytes === 0
              ? '.'
              : `, and ${formatBytes(filesBytes)} of files on this computer.`}{' '}
            No memory is touched, and search stays as it is.
          </p>
          <p className="dialog__text">
            To use it again, Loci has to read {ready === 0 ? 'everything' : memoriesInWords(ready)} with it
            anew{isShipped ? '; its files came with Loci and stay' : ''}.
          </p>
          {failure !== undefined && (
            <p className="dialog__failure" role="alert">
              {failure}
            </p>
          )}
          <div className="dialog__actions">
            <Button type="submit" tone="danger" aria-disabled={isBusy}>
              Remove it
            </Button>
            <Button onClick={close}>Keep it</Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
