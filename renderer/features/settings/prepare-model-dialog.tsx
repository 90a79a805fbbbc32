import { useState, type FormEvent } from 'react';
import type { ModelCandidate } from '../../../shared/schemas/embedding-model.ts';
import { reasonOf } from '../../api/failure-words.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Facts } from '../../components/facts.tsx';
import { formatBytes, formatCount, memoriesInWords } from '../../text/quantities.ts';

interface PrepareModelDialogProps {
  readonly candidate: ModelCandidate;
  /** What search goes by until then. */
  readonly inUse: string | undefined;
  readonly prepare: () => Promise<void>;
  readonly onClose: () => void;
}

/** What was found in the folder, and what is going to be done with it. */
export function PrepareModelDialog({ candidate, inUse, prepare, onClose }: PrepareModelDialogProps) {
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const { name, dimension, maxTokens, sizeBytes, memories } = candidate;

  async function submit(event: FormEvent, close: () => void): Promise<void> {
    event.preventDefault();
    if (isBusy) return;
    setBusy(true);
    setFailure(undefined);
    try {
      await prepare();
      close();
    } catch (error) {
      setFailure(reasonOf(error));
      setBusy(false);
    }
  }

  return (
    <Dialog title={`Search with ${name}?`} onClose={onClose}>
      {(close) => (
        <form className="dialog__form" noValidate onSubmit={(event) => void submit(event, close)}>
          <Facts
            facts={[
              { name: 'Size on disk', value: formatBytes(sizeBytes) },
              { name: 'For each piece', value: `${formatCount(dimension)} numbers` },
              { name: 'Reads at once', value: `${formatCount(maxTokens)} word parts` },
            ]}
          />
          <p className="dialog__text">
            Loci copies it and reads {memoriesInWords(memories)} with it, in the background. Search goes on
            with {inUse ?? 'the model in use'} and changes over by itself when all is ready.
          </p>
          {failure !== undefined && (
            <p className="dialog__failure" role="alert">
              {failure}
            </p>
          )}
          <div className="dialog__actions">
            <Button type="submit" tone="primary" aria-disabled={isBusy}>
              Prepare it
            </Button>
            <Button onClick={close}>Not now</Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
