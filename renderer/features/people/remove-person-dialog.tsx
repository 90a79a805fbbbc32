import { useState, type FormEvent } from 'react';
import type { CountedUser } from '../../../shared/schemas/user.ts';
import { formFailure } from '../../api/failure-words.ts';
import { removePerson } from '../../api/people.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { TextField } from '../../components/text-field.tsx';
import { parts } from '../../text/parts.ts';
import { memoriesInWords } from '../../text/quantities.ts';
import { useTexts } from '../../text/use-texts.ts';
import { isConfirmed } from './person-words.ts';
import './person-dialog.css';

interface RemovePersonDialogProps {
  readonly person: CountedUser;
  readonly onRemoved: () => void;
  readonly onClose: () => void;
}

/** Nothing of this can be taken back, so it asks for the name. */
export function RemovePersonDialog({ person, onRemoved, onClose }: RemovePersonDialogProps) {
  const texts = useTexts();
  const { id, name, memories } = person;
  const [typed, setTyped] = useState('');
  const [failure, setFailure] = useState<{ field?: string; form?: string }>({});
  const [isRemoving, setRemoving] = useState(false);
  const mayRemove = isConfirmed(typed, name) && !isRemoving;

  async function remove(event: FormEvent, close: () => void): Promise<void> {
    event.preventDefault();
    if (!mayRemove) return;
    setRemoving(true);
    setFailure({});
    try {
      await removePerson({ id, confirmation: typed.trim() });
      close();
      onRemoved();
    } catch (error) {
      const { fields, form } = formFailure(error, ['confirmation']);
      setFailure({
        ...(fields.confirmation === undefined ? {} : { field: fields.confirmation }),
        ...(form === undefined ? {} : { form }),
      });
      setRemoving(false);
    }
  }

  return (
    <Dialog title={texts.people.removal.title(name)} onClose={onClose}>
      {(close) => (
        <form className="person-dialog" onSubmit={(event) => void remove(event, close)}>
          <div className="person-dialog__text">
            {memories === 0 ? (
              <p>{texts.people.removal.ofNothing(name)}</p>
            ) : (
              <p>
                {parts(texts.people.removal.ofMemories(name, <strong>{memoriesInWords(memories)}</strong>))}
              </p>
            )}
            <p>{person.current ? texts.people.removal.forGoodOfCurrent : texts.people.removal.forGood}</p>
          </div>
          <TextField
            label={texts.people.removal.confirm(name)}
            name="confirmation"
            value={typed}
            onChange={setTyped}
            maxLength={1000}
            failure={failure.field}
          />
          {failure.form !== undefined && (
            <p className="person-dialog__failure" role="alert">
              {failure.form}
            </p>
          )}
          <div className="person-dialog__actions">
            <Button type="submit" tone="danger" aria-disabled={!mayRemove}>
              {texts.people.removal.deed(name, memories)}
            </Button>
            <Button onClick={close}>{texts.people.removal.keep(name)}</Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
