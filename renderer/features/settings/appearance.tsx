import { Monitor, Moon, Sun } from 'lucide-react';
import { useState } from 'react';
import type { Settings } from '../../../shared/schemas/settings.ts';
import { reasonOf } from '../../api/failure-words.ts';
import { changeSettings, useSettings } from '../../api/settings.ts';
import { Choice } from '../../components/choice.tsx';

const themes = [
  { value: 'system', label: 'System', icon: Monitor },
  { value: 'light', label: 'Light', icon: Sun },
  { value: 'dark', label: 'Dark', icon: Moon },
] as const;

export function Appearance() {
  const { 'appearance.theme': theme } = useSettings();
  const [failure, setFailure] = useState<string>();

  async function choose(chosen: Settings['appearance.theme']): Promise<void> {
    try {
      await changeSettings({ 'appearance.theme': chosen });
      setFailure(undefined);
    } catch (error) {
      setFailure(reasonOf(error));
    }
  }

  return (
    <>
      <Choice legend="Theme" options={themes} chosen={theme} onChoose={(value) => void choose(value)} />
      {failure !== undefined && <p role="alert">{failure}</p>}
    </>
  );
}
