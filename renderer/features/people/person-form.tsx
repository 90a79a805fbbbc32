import { useRef, useState, type FormEvent, type KeyboardEvent } from 'react';
import { formFailure, type FormFailure } from '../../api/failure-words.ts';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useTexts } from '../../text/use-texts.ts';
import './person-form.css';

export interface PersonDetails {
  readonly name: string;
  readonly email: string | null;
}

interface PersonFormProps {
  readonly initial?: PersonDetails;
  /** The deed, for the button: "Add person". */
  readonly deed: string;
  readonly save: (details: PersonDetails) => Promise<void>;
  readonly onSaved: () => void;
  readonly onCancel: () => void;
}

type Field = 'name' | 'email';
const fields: readonly Field[] = ['name', 'email'];
const nothingWrong: FormFailure<Field> = { fields: {} };

/** Name and e-mail address of a person, new or known. What is refused is said at its field, which gets the focus. */
export function PersonForm({ initial, deed, save, onSaved, onCancel }: PersonFormProps) {
  const texts = useTexts();
  const [name, setName] = useState(initial?.name ?? '');
  const [email, setEmail] = useState(initial?.email ?? '');
  const [failure, setFailure] = useState(nothingWrong);
  const [isSaving, setSaving] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  function refuse(refusal: FormFailure<Field>): void {
    setFailure(refusal);
    const first = fields.find((field) => refusal.fields[field] !== undefined);
    const input = first && form.current?.elements.namedItem(first);
    if (input instanceof HTMLInputElement) input.focus();
  }

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (isSaving) return;
    if (name.trim() === '') {
      refuse({ fields: { name: texts.people.form.nameMissing } });
      return;
    }
    setSaving(true);
    try {
      await save({ name, email: email.trim() === '' ? null : email });
      onSaved();
    } catch (error) {
      refuse(formFailure(error, fields, 'email'));
    }
    setSaving(false);
  }

  /** A dialog closes by itself; in a list it is the form that has to. */
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || !initial) return;
    event.preventDefault();
    onCancel();
  }

  return (
    <form className="person-form" ref={form} noValidate onSubmit={(event) => void submit(event)}>
      <div className="person-form__fields">
        <TextField
          label={texts.people.form.name}
          name="name"
          value={name}
          onChange={setName}
          maxLength={200}
          failure={failure.fields.name}
          onKeyDown={onKeyDown}
        />
        <TextField
          label={texts.people.form.email}
          note={texts.people.form.optional}
          name="email"
          inputMode="email"
          value={email}
          onChange={setEmail}
          maxLength={254}
          failure={failure.fields.email}
          onKeyDown={onKeyDown}
        />
      </div>
      {failure.form !== undefined && (
        <p className="person-form__failure" role="alert">
          {failure.form}
        </p>
      )}
      <div className="person-form__actions">
        <Button type="submit" tone="primary" aria-disabled={isSaving}>
          {deed}
        </Button>
        <Button onClick={onCancel}>{texts.actions.cancel}</Button>
      </div>
    </form>
  );
}
