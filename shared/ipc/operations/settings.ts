import { z } from 'zod';
import { settingKey, settings, settingsChange } from '../../schemas/settings.ts';
import { command, query } from '../define.ts';

export const settingOperations = {
  get: query(z.undefined(), settings),
  /** Of which what is stored cannot be read, so that they are as they come. */
  damaged: query(z.undefined(), z.array(settingKey)),
  set: command(settingsChange, settings),
} as const;
