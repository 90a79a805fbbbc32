import type { Contract } from '../../shared/ipc/contract.ts';
import type { Handlers } from '../../shared/ipc/define.ts';
import type { SettingService } from './setting-service.ts';

export function settingHandlers(settings: SettingService): Handlers<Contract>['settings'] {
  return {
    get: () => settings.get(),
    set: (change) => settings.set(change),
  };
}
