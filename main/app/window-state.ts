import { z } from 'zod';
import { languageSettings } from '../../shared/texts/language.ts';
import fs from 'node:fs';
import path from 'node:path';

const rectangle = z.object({
  x: z.number(),
  y: z.number(),
  width: z.number().min(1),
  height: z.number().min(1),
});
export type Rectangle = z.infer<typeof rectangle>;

const place = z.object({
  bounds: rectangle.optional(),
  maximized: z.boolean().default(false),
  /** What was in view: of the page's own making, and read by nothing else. */
  address: z.string().max(20_000).regex(/^#\//).optional(),
});
/** Where a window was, and what was in it. */
export type WindowPlace = z.infer<typeof place>;

const windowState = place.extend({
  /** Those that were open besides. */
  others: z.array(place).max(20).default([]),
  /** As the theme is. */
  textSize: z.number().min(50).max(300).default(100),
  /** Remembered beside the window so that the very first paint is in the right colours. */
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  /** And in the right language. */
  language: z.enum(languageSettings).default('system'),
});
export type WindowState = z.infer<typeof windowState>;

const stateFile = (profile: string) => path.join(profile, 'window.json');

/** A file that is missing or damaged means a window of the usual size; nothing else depends on it. */
export function readWindowState(profile: string): WindowState {
  try {
    return windowState.parse(JSON.parse(fs.readFileSync(stateFile(profile), 'utf8')));
  } catch {
    return windowState.parse({});
  }
}

export function writeWindowState(profile: string, state: WindowState): void {
  const file = stateFile(profile);
  const temporary = `${file}.${process.pid}`;
  fs.mkdirSync(profile, { recursive: true });
  fs.writeFileSync(temporary, JSON.stringify(state));
  fs.renameSync(temporary, file);
}

const usual = { width: 1280, height: 800 };

/**
 * The remembered place, if enough of it is still on a screen to take hold of; otherwise the middle
 * of the given one, never larger than it.
 */
export function placeWindow(
  remembered: Rectangle | undefined,
  screens: readonly Rectangle[],
  primary: Rectangle,
): Rectangle {
  if (remembered && screens.some((screen) => isReachable(remembered, screen))) return remembered;
  const width = Math.min(remembered?.width ?? usual.width, primary.width);
  const height = Math.min(remembered?.height ?? usual.height, primary.height);
  return {
    width,
    height,
    x: Math.round(primary.x + (primary.width - width) / 2),
    y: Math.round(primary.y + (primary.height - height) / 2),
  };
}

/** At least 100 × 40 px of the title bar must lie on the screen. */
function isReachable(window: Rectangle, screen: Rectangle): boolean {
  const across = Math.min(window.x + window.width, screen.x + screen.width) - Math.max(window.x, screen.x);
  const topInside = window.y >= screen.y && window.y + 40 <= screen.y + screen.height;
  return across >= 100 && topInside;
}
