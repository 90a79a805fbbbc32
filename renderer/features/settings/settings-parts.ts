import { useEffect } from 'react';
import { go } from '../../navigation/history.ts';

/** The parts of the settings, in their order. */
export const settingsParts = {
  appearance: 'Appearance',
  capture: 'Capture',
  search: 'Search',
  meaning: 'Search by meaning',
  keeping: 'How long things are kept',
  library: 'Library',
  background: 'In the background',
  shortcuts: 'Shortcuts',
  updates: 'Updates',
  privacy: 'Privacy and security',
  about: 'About Loci',
} as const;
export type SettingsPart = keyof typeof settingsParts;

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
