import { useId } from 'react';
import { formatFigure } from '../../text/figures.ts';
import { importanceInWords, importanceSteps, nearestStep } from '../../text/importance.ts';
import { useTexts } from '../../text/use-texts.ts';
import './importance-field.css';

interface ImportanceFieldProps {
  readonly value: number;
  readonly onChange: (value: number) => void;
}

/** How important something is, in five steps that say what they mean. Native radio buttons: the arrow keys move. */
export function ImportanceField({ value, onChange }: ImportanceFieldProps) {
  const texts = useTexts();
  const name = useId();
  const chosen = nearestStep(value);
  const word = importanceInWords(value, texts);
  return (
    <fieldset className="importance" title={`${word} (${formatFigure(value)})`}>
      <legend className="only-read-out">{texts.importance.label}</legend>
      <span className="importance__steps">
        {importanceSteps.map((step) => (
          <label className="importance__step" key={step} title={importanceInWords(step, texts)}>
            <input
              className="importance__input"
              type="radio"
              name={name}
              aria-label={importanceInWords(step, texts)}
              checked={step === chosen}
              onChange={() => onChange(step)}
            />
            <span className="importance__dot" data-filled={step <= chosen || undefined} />
          </label>
        ))}
      </span>
      <span className="importance__word" aria-hidden="true">
        {word}
      </span>
    </fieldset>
  );
}
