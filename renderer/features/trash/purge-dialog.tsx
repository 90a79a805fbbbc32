import { useState, type FormEvent } from 'react';
import { reasonOf } from '../../api/failure-words.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useTexts } from '../../text/use-texts.ts';

interface PurgeDialogProps {
  readonly count: number;
  readonly purge: () => Promise<void>;
  readonly onClose: () => void;
}

/** From so many on, a slip of the hand would be felt: the number is typed. */
const fromCount = 10;

/** The one deed that nothing brings back. */
export function PurgeDialog({ count, purge, onClose }: PurgeDialogProps) {
  const texts = useTexts();
  const [typed, setTyped] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const asksForNumber = count >= fromCount;
  const isSure = !asksForNumber || typed.replaceAll(/\D/g, '') === String(count);

  async function submit(event: FormEvent, close: () => void): Promise<void> {
    event.preventDefault();
    if (!isSure || isBusy) return;
    setBusy(true);
    setFailure(undefined);
    try {
      await purge();
      close();
    } catch (error) {
      setFailure(reasonOf(error));
      setBusy(false);
    }
  }

  return (
    <Dialog title={texts.trash.title(count)} onClose={onClose}>
      {(close) => (
        <form className="dialog__form" noValidate onSubmit={(event) => void submit(event, close)}>
          <p className="dialog__text">{texts.trash.meaning(count)}</p>
          {asksForNumber && (
            <TextField
              label={texts.trash.confirm(count)}
              value={typed}
              onChange={setTyped}
              inputMode="numeric"
            />
          )}
          {failure !== undefined && (
            <p className="dialog__failure" role="alert">
              {failure}
            </p>
          )}
          <div className="dialog__actions">
            <Button type="submit" tone="danger" aria-disabled={!isSure || isBusy}>
              {texts.trash.deed(count)}
            </Button>
            <Button onClick={close}>{texts.trash.keep}</Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
