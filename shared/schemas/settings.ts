import { z } from 'zod';
import { areKeys } from '../commands/shortcuts.ts';
import { languageSettings } from '../texts/language.ts';

/** Of the usual size, in hundredths. */
export const textSizes = [80, 90, 100, 110, 125, 150, 175, 200] as const;
export type TextSize = (typeof textSizes)[number];

const keys = z.string().max(60).refine(areKeys);

/** Every setting with its default. A value that does not fit its schema falls back to the default alone. */
export const settingSchemas = {
  'appearance.theme': z.enum(['system', 'light', 'dark']).default('system'),
  /** What Loci speaks. */
  'appearance.language': z.enum(languageSettings).default('system'),
  /** How large everything is. */
  'appearance.textSize': z.literal(textSizes).default(100),
  /** Keys that are not as they come, by the command they are for; null: none. */
  'shortcuts.chosen': z
    .record(z.string().max(60), keys.nullable())
    .refine((chosen) => Object.keys(chosen).length <= 200)
    .default({}),
  /** Whether the system says that something long is over, when Loci is not in front. */
  'jobs.notify': z.boolean().default(true),
  /** Whether Loci goes on when its last window is closed, to be reached from the tray. */
  'app.inBackground': z.boolean().default(false),
  /** What was explained once and need not be again. */
  'hints.seen': z.array(z.string().max(60)).max(200).default([]),
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
  /** What a search goes by: from words alone, -1, to meaning alone, 1; 0 is as it was measured to be best. */
  'search.leaning': z.number().min(-1).max(1).default(0),
  /** How much importance and newness lift a hit: times the usual. */
  'search.importance': z.number().min(0).max(10).default(1),
  'search.recency': z.number().min(0).max(10).default(1),
  /** How near something has to be to be about it: from nearly anything, -1, to the same only, 1. */
  'search.strictness': z.number().min(-1).max(1).default(0),
  /** Made by Loci to look around in. */
  'library.isSample': z.boolean().default(false),
  /** Whether to look for newer versions by itself: the one thing that uses the network, and so off at first. */
  'updates.look': z.boolean().default(false),
  /** Links to these are opened without asking. Only main adds to them, after it has asked. */
  'links.openHosts': z.array(z.string().max(300)).max(1000).default([]),
} as const;

export type SettingKey = keyof typeof settingSchemas;
export type Settings = { [K in SettingKey]: z.output<(typeof settingSchemas)[K]> };

const ofMain: ReadonlySet<string> = new Set(['links.openHosts', 'library.isSample']);

/** Those that a person can choose. */
export const settingKey = z.enum(
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Its very keys.
  Object.keys(settingSchemas).filter((key) => !ofMain.has(key)) as (keyof SettingsChange)[],
);

export const settings: z.ZodObject<typeof settingSchemas> = z.object(settingSchemas);
/** A change names only what it changes; unknown keys are refused, not ignored. */
export const settingsChange = z.strictObject({
  'appearance.theme': settingSchemas['appearance.theme'].unwrap().optional(),
  'appearance.language': settingSchemas['appearance.language'].unwrap().optional(),
  'appearance.textSize': settingSchemas['appearance.textSize'].unwrap().optional(),
  'shortcuts.chosen': settingSchemas['shortcuts.chosen'].unwrap().optional(),
  'jobs.notify': settingSchemas['jobs.notify'].unwrap().optional(),
  'app.inBackground': settingSchemas['app.inBackground'].unwrap().optional(),
  'hints.seen': settingSchemas['hints.seen'].unwrap().optional(),
  'search.leaning': settingSchemas['search.leaning'].unwrap().optional(),
  'search.importance': settingSchemas['search.importance'].unwrap().optional(),
  'search.recency': settingSchemas['search.recency'].unwrap().optional(),
  'search.strictness': settingSchemas['search.strictness'].unwrap().optional(),
  'trash.keepDays': settingSchemas['trash.keepDays'].unwrap().optional(),
  'sessions.lifetimeDays': settingSchemas['sessions.lifetimeDays'].unwrap().optional(),
  'reading.font': settingSchemas['reading.font'].unwrap().optional(),
  'capture.shortcut': settingSchemas['capture.shortcut'].unwrap().optional(),
  'capture.fromClipboard': settingSchemas['capture.fromClipboard'].unwrap().optional(),
  'updates.look': settingSchemas['updates.look'].unwrap().optional(),
});
export type SettingsChange = z.infer<typeof settingsChange>;

/** What main may change besides; nothing of it comes from the page. */
export const anySettingsChange = settingsChange.extend({
  'library.isSample': settingSchemas['library.isSample'].unwrap().optional(),
  'links.openHosts': settingSchemas['links.openHosts'].unwrap().optional(),
});
export type AnySettingsChange = z.infer<typeof anySettingsChange>;

export const defaultSettings: Settings = settings.parse({});
