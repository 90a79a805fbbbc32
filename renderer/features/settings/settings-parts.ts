import { useEffect } from 'react';
import { go } from '../../navigation/history.ts';

/** The parts of the settings, in their order. */
export const settingsParts = [
  'appearance',
  'capture',
  'search',
  'meaning',
  'keeping',
  'library',
  'background',
  'shortcuts',
  'updates',
  'privacy',
  'about',
] as const;
export type SettingsPart = (typeof settingsParts)[number];

const idOf = (part: SettingsPart): string => `settings-${part}`;
export const partId = idOf;

let wanted: SettingsPart | undefined;

/** From wherever one is. */
export function goToSettings(part?: SettingsPart): void {
  wanted = part;
  go({ view: { kind: 'settings' } });
  showWanted();
}

/** The page is there: it shows what was asked for. */
export function useWantedPart(): void {
  useEffect(showWanted, []);
}

function showWanted(): void {
  const heading = wanted && document.getElementById(idOf(wanted));
  if (!heading) return;
  wanted = undefined;
  heading.scrollIntoView({ block: 'start' });
  heading.focus({ preventScroll: true });
}
