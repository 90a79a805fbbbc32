import type { LucideIcon } from 'lucide-react';
import { useId } from 'react';
import './choice.css';

interface Option<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly icon: LucideIcon;
}

interface ChoiceProps<T extends string> {
  readonly legend: string;
  readonly options: readonly Option<T>[];
  readonly chosen: T;
  readonly onChoose: (value: T) => void;
}

/** One of a few, all in view. Native radio buttons: arrow keys and screen readers know them. */
export function Choice<T extends string>({ legend, options, chosen, onChoose }: ChoiceProps<T>) {
  const name = useId();
  return (
    <fieldset className="choice">
      <legend className="choice__legend">{legend}</legend>
      <div className="choice__options">
        {options.map(({ value, label, icon: Icon }) => (
          <label className="choice__option" key={value}>
            <input type="radio" name={name} checked={value === chosen} onChange={() => onChoose(value)} />
            <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
