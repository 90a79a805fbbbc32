import { useId, type ComponentProps } from 'react';
import './text-field.css';

interface TextFieldProps extends Omit<
  ComponentProps<'input'>,
  'id' | 'className' | 'onChange' | 'value' | 'aria-invalid' | 'aria-describedby'
> {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** A word after the label: "optional". */
  readonly note?: string;
  /** What is wrong with it, said right below it. */
  readonly failure?: string | undefined;
}

export function TextField({ label, value, onChange, note, failure, ...rest }: TextFieldProps) {
  const id = useId();
  const isWrong = failure !== undefined;
  return (
    <div className="text-field">
      <label className="text-field__label" htmlFor={id}>
        {label} {note !== undefined && <span className="text-field__note">({note})</span>}
      </label>
      <input
        id={id}
        className="text-field__input"
        type="text"
        dir="auto"
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        aria-invalid={isWrong || undefined}
        aria-describedby={isWrong ? `${id}-failure` : undefined}
        {...rest}
      />
      {isWrong && (
        <p className="text-field__failure" id={`${id}-failure`}>
          {failure}
        </p>
      )}
    </div>
  );
}
