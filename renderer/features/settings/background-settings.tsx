import { useSettings } from '../../api/settings.ts';
import { isMac } from '../../navigation/keys.ts';
import { SettingSwitch } from './setting-switch.tsx';

/** What Loci does while one does something else. */
export function BackgroundSettings() {
  const { 'jobs.notify': notify, 'app.inBackground': inBackground } = useSettings();
  return (
    <>
      <SettingSwitch
        legend="Notices"
        label="Tell me when something long is over"
        hint="As a notice of the system, and only when no window of Loci is in front."
        isOn={notify}
        change={(isOn) => ({ 'jobs.notify': isOn })}
      />
      <SettingSwitch
        legend={isMac ? 'Menu bar' : 'Tray'}
        label={isMac ? 'Show Loci in the menu bar' : 'Keep running in the tray'}
        hint={
          isMac
            ? 'New memories, search and what you kept last are at hand there.'
            : 'When the last window is closed, Loci goes on: new memories, search and what you kept last are at hand beside the clock. “Quit Loci” ends it.'
        }
        isOn={inBackground}
        change={(isOn) => ({ 'app.inBackground': isOn })}
      />
    </>
  );
}
