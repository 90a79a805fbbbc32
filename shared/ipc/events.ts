import type { AppStatus } from '../schemas/app-status.ts';
import type { CaptureOpening } from '../schemas/capture.ts';
import type { EmbeddingProgress } from '../schemas/embedding-progress.ts';
import type { LibraryChanges } from '../schemas/library-changes.ts';
import type { Job } from '../schemas/job.ts';
import type { Settings } from '../schemas/settings.ts';
import type { UpdateState } from '../schemas/update-state.ts';
import type { Language } from '../texts/language.ts';

/** What main tells every window unasked. Events broadcast state; they never ask for anything. */
export interface Events {
  'app:status': AppStatus;
  'app:update': UpdateState;
  /** Another one is spoken from now on. */
  'app:language': Language;
  'settings:changed': Settings;
  /** Somebody else is at work: everything shown is another person's now. */
  'user:switched': { readonly userId: string };
  'job:changed': Job;
  'embeddings:progress': EmbeddingProgress;
  /** Others may be alike now than were before. */
  'duplicates:changed': null;
  'capture:opening': CaptureOpening;
  /** Files wait to be taken. */
  'capture:files': null;
  /** The app is about to close: whoever said `app.unsaved` saves now. */
  'app:leaving': null;
  /** From the menu of the window, or the tray: the page does it as if it had been done there. */
  'command:run': { readonly id: string };
  /** Told once it is saved. */
  'library:changed': LibraryChanges;
}

export type EventName = keyof Events;
