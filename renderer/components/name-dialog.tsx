import { useState, type FormEvent } from 'react';
import { reasonOf } from '../api/failure-words.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { TextField } from './text-field.tsx';
import { useTexts } from '../text/use-texts.ts';

interface NameDialogProps {
  readonly title: string;
  readonly label: string;
  /** As it is now. */
  readonly value?: string;
  readonly placeholder?: string;
  /** "Rename" */
  readonly deed: string;
  readonly mayBeEmpty?: boolean;
  readonly save: (name: string) => Promise<unknown>;
  readonly onClose: () => void;
}

/** One name, and the deed it is for. */
export function NameDialog(props: NameDialogProps) {
  const { title, label, value = '', placeholder, deed, mayBeEmpty = false, save, onClose } = props;
  const texts = useTexts();
  const [name, setName] = useState(value);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const canSave = mayBeEmpty || name.trim() !== '';

  async function submit(event: FormEvent, close: () => void): Promise<void> {
    event.preventDefault();
    if (!canSave || isBusy) return;
    setBusy(true);
    setFailure(undefined);
    try {
      await save(name.trim());
      close();
    } catch (error) {
      setFailure(reasonOf(error));
      setBusy(false);
    }
  }

  return (
    <Dialog title={title} onClose={onClose}>
      {(close) => (
        <form className="dialog__form" noValidate onSubmit={(event) => void submit(event, close)}>
          <TextField
            label={label}
            value={name}
            onChange={setName}
            failure={failure}
            placeholder={placeholder}
            onFocus={(event) => event.target.select()}
          />
          <div className="dialog__actions">
            <Button type="submit" tone="primary" aria-disabled={!canSave || isBusy}>
              {deed}
            </Button>
            <Button onClick={close}>{texts.actions.cancel}</Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
