import { defaultSettings, type Settings, type SettingsChange } from '../../shared/schemas/settings.ts';
import { follow, useFollowed } from './followed.ts';
import { listen, loci } from './loci.ts';

const settings = follow<Settings>({
  // The window itself already has the remembered theme, so this shows nothing wrong until main answers.
  first: { ...defaultSettings, 'capture.shortcut': null },
  read: () => loci.settings.get(),
  listen: (tell) => listen('settings:changed', tell),
});

export const useSettings = (): Settings => useFollowed(settings);

/** Resolves when it is stored; every window hears of it by the event. */
export async function changeSettings(change: SettingsChange): Promise<void> {
  await loci.settings.set(change);
}

/** Those that have their keys here are as they come again. */
export const resetSettings = (keys: readonly (keyof SettingsChange)[]): Promise<void> =>
  changeSettings(Object.fromEntries(keys.map((key) => [key, defaultSettings[key]])));

/** Whether any of these is otherwise than it comes. */
export const areOther = (now: Settings, keys: readonly (keyof SettingsChange)[]): boolean =>
  keys.some((key) => JSON.stringify(now[key]) !== JSON.stringify(defaultSettings[key]));
