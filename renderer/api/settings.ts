import type { Settings, SettingsChange } from '../../shared/schemas/settings.ts';
import { follow, useFollowed } from './followed.ts';
import { listen, loci } from './loci.ts';

const settings = follow<Settings>({
  // The window itself already has the remembered theme, so this shows nothing wrong until main answers.
  first: {
    'appearance.theme': 'system',
    'trash.keepDays': 30,
    'sessions.lifetimeDays': 30,
    'reading.font': 'interface',
    'capture.shortcut': null,
    'capture.fromClipboard': false,
    'links.openHosts': [],
  },
  read: () => loci.settings.get(),
  listen: (tell) => listen('settings:changed', tell),
});

export const useSettings = (): Settings => useFollowed(settings);

/** Resolves when it is stored; every window hears of it by the event. */
export async function changeSettings(change: SettingsChange): Promise<void> {
  await loci.settings.set(change);
}
