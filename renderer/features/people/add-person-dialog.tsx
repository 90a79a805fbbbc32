import { addPerson } from '../../api/people.ts';
import { Dialog } from '../../components/dialog.tsx';
import { useTexts } from '../../text/use-texts.ts';
import { PersonForm } from './person-form.tsx';
import './person-dialog.css';

interface AddPersonDialogProps {
  readonly onAdded: (person: { id: string; name: string }) => void;
  readonly onClose: () => void;
}

export function AddPersonDialog({ onAdded, onClose }: AddPersonDialogProps) {
  const texts = useTexts();
  return (
    <Dialog title={texts.people.add.open} onClose={onClose}>
      {(close) => (
        <div className="person-dialog">
          <p className="person-dialog__text">{texts.people.add.text}</p>
          <PersonForm
            deed={texts.people.add.deed}
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
