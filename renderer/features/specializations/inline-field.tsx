import { useRef, useState, type KeyboardEvent } from 'react';
import './inline-field.css';

interface InlineFieldProps {
  readonly label: string;
  readonly value: string;
  readonly placeholder: string;
  /** As a title, a word beside others, or a text of several lines. */
  readonly form: 'title' | 'line' | 'text';
  readonly maxLength: number;
  readonly isFixed: boolean;
  /** Answers with why it could not be saved. */
  readonly onSave: (value: string) => Promise<string | undefined>;
}

/** Text that is changed where it stands: saved when one leaves it, or by Enter; Escape takes it back. */
export function InlineField({
  label,
  value,
  placeholder,
  form,
  maxLength,
  isFixed,
  onSave,
}: InlineFieldProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [draft, setDraft] = useState<string>();
  const [failure, setFailure] = useState<string>();
  const text = draft ?? value;

  async function save(): Promise<void> {
    const wanted = form === 'text' ? text.trimEnd() : text.replaceAll(/\s+/g, ' ').trim();
    if (draft === undefined || wanted === value || (form === 'title' && wanted === '')) {
      setDraft(undefined);
      setFailure(undefined);
      return;
    }
    const reason = await onSave(wanted);
    setFailure(reason);
    // What was refused stays, to be mended.
    if (reason === undefined) setDraft(undefined);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    const isDone = event.key === 'Enter' && (form !== 'text' || event.ctrlKey || event.metaKey);
    if (isDone) {
      event.preventDefault();
      event.stopPropagation();
      // What is left is saved.
      field.current?.blur();
    } else if (event.key === 'Escape' && draft !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      setDraft(undefined);
      setFailure(undefined);
    }
  }

  if (isFixed)
    return value === '' ? null : (
      <p className={`inline-field inline-field--${form} inline-field--fixed`} dir="auto">
        {value}
      </p>
    );
  return (
    <div className={`inline-field inline-field--${form}`}>
      <textarea
        ref={field}
        className="inline-field__input"
        rows={1}
        dir="auto"
        aria-label={label}
        aria-invalid={failure !== undefined || undefined}
        placeholder={placeholder}
        maxLength={maxLength}
        spellCheck={form === 'text'}
        value={text}
        onChange={(event) =>
          setDraft(form === 'text' ? event.target.value : event.target.value.replaceAll(/\s*\n\s*/g, ' '))
        }
        onBlur={() => void save()}
        onKeyDown={onKeyDown}
      />
      {failure !== undefined && (
        <p className="inline-field__failure" role="alert">
          {failure}
        </p>
      )}
    </div>
  );
}
