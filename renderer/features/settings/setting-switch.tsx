import { useId } from 'react';
import type { SettingsChange } from '../../../shared/schemas/settings.ts';
import { useChange } from './setting-choice.tsx';
import './setting-row.css';

interface SettingSwitchProps {
  readonly legend: string;
  readonly label: string;
  readonly hint: string;
  readonly isOn: boolean;
  readonly change: (isOn: boolean) => SettingsChange;
}

/** Yes or no, in force at once. */
export function SettingSwitch({ legend, label, hint, isOn, change }: SettingSwitchProps) {
  const { change: choose, failure } = useChange();
  const hintId = useId();
  return (
    <fieldset className="setting">
      <legend className="setting__legend">{legend}</legend>
      <label className="setting__option">
        <input
          type="checkbox"
          checked={isOn}
          aria-describedby={hintId}
          onChange={(event) => choose(change(event.target.checked))}
        />
        {label}
      </label>
      <p className="setting__hint" id={hintId}>
        {hint}
      </p>
      {failure}
    </fieldset>
  );
}
