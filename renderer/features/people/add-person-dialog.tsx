import { addPerson } from '../../api/people.ts';
import { Dialog } from '../../components/dialog.tsx';
import { PersonForm } from './person-form.tsx';
import './person-dialog.css';

interface AddPersonDialogProps {
  readonly onAdded: (person: { id: string; name: string }) => void;
  readonly onClose: () => void;
}

export function AddPersonDialog({ onAdded, onClose }: AddPersonDialogProps) {
  return (
    <Dialog title="Add a person" onClose={onClose}>
      {(close) => (
        <div className="person-dialog">
          <p className="person-dialog__text">
            Each person has a library of their own on this computer: memories, tags, sessions and settings.
            Whoever opens Loci here can switch to it; there is no password between you.
          </p>
          <PersonForm
            deed="Add person"
            save={async (details) => {
              const id = await addPerson(details);
              onAdded({ id, name: details.name.trim() });
            }}
            onSaved={close}
            onCancel={close}
          />
        </div>
      )}
    </Dialog>
  );
}
