import { z } from 'zod';
import { settings, settingsChange } from '../../schemas/settings.ts';
import { command, query } from '../define.ts';

export const settingOperations = {
  get: query(z.undefined(), settings),
  set: command(settingsChange, settings),
} as const;
