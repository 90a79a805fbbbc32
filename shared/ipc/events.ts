import type { AppStatus } from '../schemas/app-status.ts';
import type { Settings } from '../schemas/settings.ts';

/** What main tells every window unasked. Events broadcast state; they never ask for anything. */
export interface Events {
  'app:status': AppStatus;
  'settings:changed': Settings;
}

export type EventName = keyof Events;
