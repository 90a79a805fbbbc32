import type { SettingsChange } from '../../shared/schemas/settings.ts';
import { follow, useFollowed } from './followed.ts';
import { listen, loci } from './loci.ts';

const damaged = follow<readonly (keyof SettingsChange)[]>({
  first: [],
  read: () => loci.settings.damaged(),
  listen(_tell, ask) {
    const stops = [listen('settings:changed', ask), listen('user:switched', ask)];
    return () => stops.forEach((stop) => stop());
  },
});

/** Of which what was stored could not be read. */
export const useDamagedSettings = (): readonly (keyof SettingsChange)[] => useFollowed(damaged);
