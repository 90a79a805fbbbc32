import { useState, type FormEvent } from 'react';
import type { ModelCandidate } from '../../../shared/schemas/embedding-model.ts';
import { reasonOf } from '../../api/failure-words.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Facts } from '../../components/facts.tsx';
import { formatBytes } from '../../text/quantities.ts';
import { useTexts } from '../../text/use-texts.ts';

interface PrepareModelDialogProps {
  readonly candidate: ModelCandidate;
  /** What search goes by until then. */
  readonly inUse: string | undefined;
  readonly prepare: () => Promise<void>;
  readonly onClose: () => void;
}

/** What was found in the folder, and what is going to be done with it. */
export function PrepareModelDialog({ candidate, inUse, prepare, onClose }: PrepareModelDialogProps) {
  const texts = useTexts();
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
    <Dialog title={texts.models.prepare.title(name)} onClose={onClose}>
      {(close) => (
        <form className="dialog__form" noValidate onSubmit={(event) => void submit(event, close)}>
          <Facts
            facts={[
              { name: texts.models.prepare.sizeOnDisk, value: formatBytes(sizeBytes) },
              { name: texts.models.prepare.forEachPiece, value: texts.models.prepare.numbers(dimension) },
              { name: texts.models.prepare.readsAtOnce, value: texts.models.prepare.wordParts(maxTokens) },
            ]}
          />
          <p className="dialog__text">
            {texts.models.prepare.text(memories, inUse ?? texts.models.prepare.modelInUse)}
          </p>
          {failure !== undefined && (
            <p className="dialog__failure" role="alert">
              {failure}
            </p>
          )}
          <div className="dialog__actions">
            <Button type="submit" tone="primary" aria-disabled={isBusy}>
              {texts.models.prepare.deed}
            </Button>
            <Button onClick={close}>{texts.models.prepare.notNow}</Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
