import { useId } from 'react';
import { importanceSteps, nearestStep } from '../../text/importance.ts';
import './importance-field.css';

interface ImportanceFieldProps {
  readonly value: number;
  readonly onChange: (value: number) => void;
}

/** How important something is, in five steps that say what they mean. Native radio buttons: the arrow keys move. */
export function ImportanceField({ value, onChange }: ImportanceFieldProps) {
  const name = useId();
  const chosen = nearestStep(value);
  return (
    <fieldset className="importance" title={`${chosen.word} (${value.toFixed(2)})`}>
      <legend className="only-read-out">Importance</legend>
      <span className="importance__steps">
        {importanceSteps.map((step) => (
          <label className="importance__step" key={step.value} title={step.word}>
            <input
              className="importance__input"
              type="radio"
              name={name}
              aria-label={step.word}
              checked={step === chosen}
              onChange={() => onChange(step.value)}
            />
            <span className="importance__dot" data-filled={step.value <= chosen.value || undefined} />
          </label>
        ))}
      </span>
      <span className="importance__word" aria-hidden="true">
        {chosen.word}
      </span>
    </fieldset>
  );
}
