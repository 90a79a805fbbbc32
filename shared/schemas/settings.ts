import { z } from 'zod';

/** Every setting with its default. A value that does not fit its schema falls back to the default alone. */
export const settingSchemas = {
  'appearance.theme': z.enum(['system', 'light', 'dark']).default('system'),
  /** After that many days in the trash something is gone for good; null: never by itself. */
  'trash.keepDays': z.int().min(1).max(3650).nullable().default(30),
  /** A session that nobody ends is ended by the app after that many days. */
  'sessions.lifetimeDays': z.int().min(1).max(3650).default(30),
} as const;

export type SettingKey = keyof typeof settingSchemas;
export type Settings = { [K in SettingKey]: z.output<(typeof settingSchemas)[K]> };

export const settings: z.ZodObject<typeof settingSchemas> = z.object(settingSchemas);
/** A change names only what it changes; unknown keys are refused, not ignored. */
export const settingsChange = z.strictObject({
  'appearance.theme': settingSchemas['appearance.theme'].unwrap().optional(),
  'trash.keepDays': settingSchemas['trash.keepDays'].unwrap().optional(),
  'sessions.lifetimeDays': settingSchemas['sessions.lifetimeDays'].unwrap().optional(),
});
export type SettingsChange = z.infer<typeof settingsChange>;

export const defaultSettings: Settings = settings.parse({});
