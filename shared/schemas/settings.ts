import { z } from 'zod';

/** Every setting with its default. A value that does not fit its schema falls back to the default alone. */
export const settingSchemas = {
  'appearance.theme': z.enum(['system', 'light', 'dark']).default('system'),
  /** After that many days in the trash something is gone for good; null: never by itself. */
  'trash.keepDays': z.int().min(1).max(3650).nullable().default(30),
  /** A session that nobody ends is ended by the app after that many days. */
  'sessions.lifetimeDays': z.int().min(1).max(3650).default(30),
  /** In which letters a memory is read and written. */
  'reading.font': z.enum(['interface', 'serif']).default('interface'),
  /** Opens the capture window from any program; null: nothing does. */
  'capture.shortcut': z
    .string()
    .max(60)
    .regex(
      /^(?:(?:CommandOrControl|Command|Control|Alt|Shift|Super)\+)+(?:[A-Z0-9]|F\d{1,2}|Space|Enter|Tab)$/,
    )
    .nullable()
    .default('CommandOrControl+Shift+Space'),
  /** Whether the capture window begins with what lies on the clipboard. */
  'capture.fromClipboard': z.boolean().default(false),
  /** Links to these are opened without asking. Only main adds to them, after it has asked. */
  'links.openHosts': z.array(z.string().max(300)).max(1000).default([]),
} as const;

export type SettingKey = keyof typeof settingSchemas;
export type Settings = { [K in SettingKey]: z.output<(typeof settingSchemas)[K]> };

export const settings: z.ZodObject<typeof settingSchemas> = z.object(settingSchemas);
/** A change names only what it changes; unknown keys are refused, not ignored. */
export const settingsChange = z.strictObject({
  'appearance.theme': settingSchemas['appearance.theme'].unwrap().optional(),
  'trash.keepDays': settingSchemas['trash.keepDays'].unwrap().optional(),
  'sessions.lifetimeDays': settingSchemas['sessions.lifetimeDays'].unwrap().optional(),
  'reading.font': settingSchemas['reading.font'].unwrap().optional(),
  'capture.shortcut': settingSchemas['capture.shortcut'].unwrap().optional(),
  'capture.fromClipboard': settingSchemas['capture.fromClipboard'].unwrap().optional(),
});
export type SettingsChange = z.infer<typeof settingsChange>;

/** What main may change besides; nothing of it comes from the page. */
export const anySettingsChange = settingsChange.extend({
  'links.openHosts': settingSchemas['links.openHosts'].unwrap().optional(),
});
export type AnySettingsChange = z.infer<typeof anySettingsChange>;

export const defaultSettings: Settings = settings.parse({});
