import { Languages, Minus, Monitor, Moon, Plus, Rows2, Rows4, Sun } from 'lucide-react';
import { textSizes } from '../../../shared/schemas/settings.ts';
import { useSettings } from '../../api/settings.ts';
import { runCommand } from '../../commands/deeds.ts';
import { useSaidKeys } from '../../commands/said-keys.ts';
import { Button } from '../../components/button.tsx';
import { Choice } from '../../components/choice.tsx';
import { IconButton } from '../../components/icon-button.tsx';
import { languages, type Language } from '../../../shared/texts/language.ts';
import { formatShare } from '../../text/quantities.ts';
import { useTexts } from '../../text/use-texts.ts';
import { density } from '../browse/list-settings.ts';
import { SettingChoice } from './setting-choice.tsx';
import './setting-row.css';

/** As whoever speaks it looks for it. */
const ownNames: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch' };

/** How everything looks, and what it says. */
export function Appearance() {
  const texts = useTexts();
  const { 'appearance.theme': theme, 'appearance.language': language } = useSettings();
  const chosenDensity = density.use();
  return (
    <>
      <SettingChoice
        legend={texts.settings.appearance.theme}
        options={[
          { value: 'system', label: texts.settings.appearance.themeOfSystem, icon: Monitor },
          { value: 'light', label: texts.settings.appearance.light, icon: Sun },
          { value: 'dark', label: texts.settings.appearance.dark, icon: Moon },
        ]}
        chosen={theme}
        change={(value) => ({ 'appearance.theme': value })}
      />
      <TextSizes />
      <Choice
        legend={texts.settings.appearance.lists}
        options={[
          { value: 'comfortable', label: texts.settings.appearance.comfortable, icon: Rows2 },
          { value: 'compact', label: texts.settings.appearance.compact, icon: Rows4 },
        ]}
        chosen={chosenDensity}
        onChoose={density.choose}
      />
      <SettingChoice
        legend={texts.settings.appearance.language}
        options={[
          { value: 'system', label: texts.settings.appearance.languageOfSystem, icon: Monitor },
          ...languages.map((each) => ({ value: each, label: ownNames[each], icon: Languages })),
        ]}
        chosen={language}
        change={(value) => ({ 'appearance.language': value })}
      />
    </>
  );
}

function TextSizes() {
  const texts = useTexts();
  const { 'appearance.textSize': size } = useSettings();
  const saidKeys = useSaidKeys();
  const isLeast = size === textSizes[0];
  const isMost = size === textSizes.at(-1);
  return (
    <fieldset className="setting">
      <legend className="setting__legend">{texts.settings.appearance.size}</legend>
      <div className="setting__size">
        <IconButton
          label={texts.settings.appearance.smaller}
          icon={Minus}
          shortcut={saidKeys('view.smaller')}
          aria-disabled={isLeast}
          onClick={() => isLeast || runCommand('view.smaller')}
        />
        <output className="setting__size-now">{formatShare(size / 100)}</output>
        <IconButton
          label={texts.settings.appearance.larger}
          icon={Plus}
          shortcut={saidKeys('view.larger')}
          aria-disabled={isMost}
          onClick={() => isMost || runCommand('view.larger')}
        />
        {size !== 100 && (
          <Button tone="quiet" onClick={() => runCommand('view.usualSize')}>
            {texts.settings.appearance.usualSize}
          </Button>
        )}
      </div>
      <p className="setting__hint">{texts.settings.appearance.sizeHint}</p>
    </fieldset>
  );
}
