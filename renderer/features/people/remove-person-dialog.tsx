import { useState, type FormEvent } from 'react';
import type { CountedUser } from '../../../shared/schemas/user.ts';
import { formFailure } from '../../api/failure-words.ts';
import { removePerson } from '../../api/people.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { TextField } from '../../components/text-field.tsx';
import { memoriesInWords } from '../../text/quantities.ts';
import { isConfirmed, removalInWords } from './person-words.ts';
import './person-dialog.css';

interface RemovePersonDialogProps {
  readonly person: CountedUser;
  readonly onRemoved: () => void;
  readonly onClose: () => void;
}

/** Nothing of this can be taken back, so it asks for the name. */
export function RemovePersonDialog({ person, onRemoved, onClose }: RemovePersonDialogProps) {
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
    <Dialog title={`Remove “${name}”?`} onClose={onClose}>
      {(close) => (
        <form className="person-dialog" onSubmit={(event) => void remove(event, close)}>
          <div className="person-dialog__text">
            {memories === 0 ? (
              <p>
                The library of “{name}” holds no memories. Its sessions, tags, settings and trash go for good.
              </p>
            ) : (
              <p>
                The library of “{name}” goes too, for good: <strong>{memoriesInWords(memories)}</strong> with
                their history, and all its sessions, tags, settings and trash.
              </p>
            )}
            <p>
              This cannot be undone.
              {person.current && ' Loci then goes on with whoever was here before.'}
            </p>
          </div>
          <TextField
            label={`To confirm, type the name: ${name}`}
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
              {removalInWords(name, memories)}
            </Button>
            <Button onClick={close}>Keep {name}</Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
