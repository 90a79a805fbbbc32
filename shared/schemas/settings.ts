import { z } from 'zod';

/** Every setting with its default. A value that does not fit its schema falls back to the default alone. */
export const settingSchemas = {
  'appearance.theme': z.enum(['system', 'light', 'dark']).default('system'),
} as const;

export type SettingKey = keyof typeof settingSchemas;
export type Settings = { [K in SettingKey]: z.output<(typeof settingSchemas)[K]> };

export const settings: z.ZodObject<typeof settingSchemas> = z.object(settingSchemas);
/** A change names only what it changes; unknown keys are refused, not ignored. */
export const settingsChange = z.strictObject({
  'appearance.theme': settingSchemas['appearance.theme'].unwrap().optional(),
});
export type SettingsChange = z.infer<typeof settingsChange>;

export const defaultSettings: Settings = settings.parse({});
