import type { LucideIcon } from 'lucide-react';
import { useState } from 'react';
import type { SettingsChange } from '../../../shared/schemas/settings.ts';
import { reasonOf } from '../../api/failure-words.ts';
import { changeSettings } from '../../api/settings.ts';
import { Choice } from '../../components/choice.tsx';

/** Changes settings at once, and says why where that did not work. */
export function useChange() {
  const [failure, setFailure] = useState<string>();
  const change = (changes: SettingsChange): void => {
    changeSettings(changes).then(
      () => setFailure(undefined),
      (error: unknown) => setFailure(reasonOf(error)),
    );
  };
  return { change, failure: failure !== undefined && <p role="alert">{failure}</p> };
}

interface SettingChoiceProps<T extends string> {
  readonly legend: string;
  readonly options: readonly { readonly value: T; readonly label: string; readonly icon: LucideIcon }[];
  readonly chosen: T;
  readonly change: (value: T) => SettingsChange;
}

/** One of a few, in force as soon as it is chosen. */
export function SettingChoice<T extends string>({ legend, options, chosen, change }: SettingChoiceProps<T>) {
  const { change: choose, failure } = useChange();
  return (
    <>
      <Choice legend={legend} options={options} chosen={chosen} onChoose={(value) => choose(change(value))} />
      {failure}
    </>
  );
}
