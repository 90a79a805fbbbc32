import { z } from 'zod';
import { settings, settingsChange } from '../../schemas/settings.ts';
import { operation } from '../define.ts';

export const settingOperations = {
  get: operation(z.undefined(), settings),
  set: operation(settingsChange, settings),
} as const;
