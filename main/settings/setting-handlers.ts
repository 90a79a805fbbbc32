import type { Handlers } from '../../shared/ipc/define.ts';
import type { settingOperations } from '../../shared/ipc/operations/settings.ts';
import type { SettingService } from './setting-service.ts';

export function settingHandlers(
  settings: SettingService,
): Handlers<{ settings: typeof settingOperations }>['settings'] {
  return {
    get: () => settings.get(),
    damaged: () => settings.damaged(),
    set: (change) => settings.set(change),
  };
}
