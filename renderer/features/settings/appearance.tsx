import { Minus, Monitor, Moon, Plus, Rows2, Rows4, Sun } from 'lucide-react';
import { textSizes } from '../../../shared/schemas/settings.ts';
import { useSettings } from '../../api/settings.ts';
import { runCommand } from '../../commands/deeds.ts';
import { useSaidKeys } from '../../commands/said-keys.ts';
import { Button } from '../../components/button.tsx';
import { Choice } from '../../components/choice.tsx';
import { IconButton } from '../../components/icon-button.tsx';
import { formatShare } from '../../text/quantities.ts';
import { density } from '../browse/list-settings.ts';
import { SettingChoice } from './setting-choice.tsx';
import './setting-row.css';

const themes = [
  { value: 'system', label: 'System', icon: Monitor },
  { value: 'light', label: 'Light', icon: Sun },
  { value: 'dark', label: 'Dark', icon: Moon },
] as const;

const densities = [
  { value: 'comfortable', label: 'Comfortable', icon: Rows2 },
  { value: 'compact', label: 'Compact', icon: Rows4 },
] as const;

/** How everything looks. */
export function Appearance() {
  const { 'appearance.theme': theme } = useSettings();
  const chosenDensity = density.use();
  return (
    <>
      <SettingChoice
        legend="Theme"
        options={themes}
        chosen={theme}
        change={(value) => ({ 'appearance.theme': value })}
      />
      <TextSizes />
      <Choice legend="Lists" options={densities} chosen={chosenDensity} onChoose={density.choose} />
    </>
  );
}

function TextSizes() {
  const { 'appearance.textSize': size } = useSettings();
  const saidKeys = useSaidKeys();
  const isLeast = size === textSizes[0];
  const isMost = size === textSizes.at(-1);
  return (
    <fieldset className="setting">
      <legend className="setting__legend">Size</legend>
      <div className="setting__size">
        <IconButton
          label="Smaller"
          icon={Minus}
          shortcut={saidKeys('view.smaller')}
          aria-disabled={isLeast}
          onClick={() => isLeast || runCommand('view.smaller')}
        />
        <output className="setting__size-now">{formatShare(size / 100)}</output>
        <IconButton
          label="Larger"
          icon={Plus}
          shortcut={saidKeys('view.larger')}
          aria-disabled={isMost}
          onClick={() => isMost || runCommand('view.larger')}
        />
        {size !== 100 && (
          <Button tone="quiet" onClick={() => runCommand('view.usualSize')}>
            Usual size
          </Button>
        )}
      </div>
      <p className="setting__hint">Of text and everything around it, in every window.</p>
    </fieldset>
  );
}
