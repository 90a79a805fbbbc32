import { useSettings } from '../../api/settings.ts';
import { isMac } from '../../navigation/keys.ts';
import { SettingSwitch } from './setting-switch.tsx';
import { useTexts } from '../../text/use-texts.ts';

/** What Loci does while one does something else. */
export function BackgroundSettings() {
  const texts = useTexts();
  const { 'jobs.notify': notify, 'app.inBackground': inBackground } = useSettings();
  return (
    <>
      <SettingSwitch
        legend={texts.settings.background.notices}
        label={texts.settings.background.notify}
        hint={texts.settings.background.notifyHint}
        isOn={notify}
        change={(isOn) => ({ 'jobs.notify': isOn })}
      />
      <SettingSwitch
        legend={isMac ? texts.settings.background.menuBar : texts.settings.background.tray}
        label={isMac ? texts.settings.background.showInMenuBar : texts.settings.background.keepRunning}
        hint={isMac ? texts.settings.background.showInMenuBarHint : texts.settings.background.keepRunningHint}
        isOn={inBackground}
        change={(isOn) => ({ 'app.inBackground': isOn })}
      />
    </>
  );
}
