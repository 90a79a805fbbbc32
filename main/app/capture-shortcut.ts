import { globalShortcut } from 'electron';
import type { CaptureShortcut } from '../../shared/schemas/capture.ts';
import type { Log } from '../logging/log.ts';

export interface ShortcutKeeper {
  current(): CaptureShortcut;
  /** In place of the one before. Whether it works is in `current`. */
  set(accelerator: string | null): void;
}

/** The one key combination that works in every program. Another program may have it already; then nobody gets it twice. */
export function keepCaptureShortcut(onPress: () => void, log: Log): ShortcutKeeper {
  let current: CaptureShortcut = { accelerator: null, state: 'off' };

  function register(accelerator: string): CaptureShortcut['state'] {
    try {
      return globalShortcut.register(accelerator, onPress) ? 'working' : 'taken';
    } catch {
      return 'unknown';
    }
  }

  return {
    current: () => current,
    set(accelerator) {
      // One that was taken may have become free.
      if (accelerator === current.accelerator && current.state !== 'taken') return;
      if (current.accelerator !== null && current.state === 'working') {
        globalShortcut.unregister(current.accelerator);
      }
      const state = accelerator === null ? 'off' : register(accelerator);
      current = { accelerator, state };
      if (state !== 'working' && state !== 'off') log.warn('The capture shortcut cannot be used', current);
    },
  };
}
