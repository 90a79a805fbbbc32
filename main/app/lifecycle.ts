import { app, BrowserWindow, dialog, powerMonitor } from 'electron';
import { textsNow } from '../../shared/texts/index.ts';
import type { Log } from '../logging/log.ts';

/** Longest a quit may take; Postgres needs some 50 ms, a checkpoint on a slow disk seconds. */
const closeTimeoutMs = 20_000;

export interface LifecycleOptions {
  readonly log: Log;
  /** Gives back everything the app holds. Called once, however many ways a person quits at once. */
  readonly close: () => Promise<void>;
  /** Whether it goes on without a window. */
  readonly staysOpen: () => boolean;
}

export interface Lifecycle {
  isClosing(): boolean;
  /** Starts the app anew as soon as this one has gone. */
  startAgain(): void;
  /** Closes everything, then does this, which ends the app itself; if it answers false, the app starts anew. */
  leaveFor(last: () => boolean): void;
}

const unexpected = 'unexpected error';

/** A page that crashes again and again is left alone, or the log would hold nothing else. */
const crashes = { most: 3, withinMs: 60_000 };

/** Only once everything is given back: this waits for the person. */
function sayUnexpected(): void {
  const texts = textsNow();
  dialog.showErrorBox(texts.dialogs.crashed, texts.dialogs.crashedText);
}

/**
 * Every way out leads through one door: closing the last window, the menu, a signal, log-off and
 * shutdown, an unexpected error. The server is stopped before the process ends.
 */
export function manageLifecycle({ log, close, staysOpen }: LifecycleOptions): Lifecycle {
  let closing: Promise<void> | undefined;
  let exitCode = 0;
  let again = false;
  let last: (() => boolean) | undefined;
  let isClosed = false;
  const pageCrashes: number[] = [];

  function leave(reason: string): Promise<void> {
    closing ??= (async () => {
      log.info('Closing', { reason });
      const tooLong = setTimeout(() => {
        log.error('Closing took too long');
        app.exit(1);
      }, closeTimeoutMs);
      try {
        await close();
      } catch (error) {
        exitCode = 1;
        log.error('Closing failed', error);
      }
      clearTimeout(tooLong);
      log.info('Closed');
      if (reason === unexpected) sayUnexpected();
      isClosed = true;
      if (last) {
        if (exitCode === 0 && last()) return;
        again = true;
      }
      if (again) app.relaunch();
      app.exit(exitCode);
    })();
    return closing;
  }

  app.on('before-quit', (event) => {
    // Who installs an update ends the app in its own way, after all is closed.
    if (isClosed) return;
    event.preventDefault();
    void leave('quit');
  });
  app.on('window-all-closed', () => {
    if (!staysOpen()) app.quit();
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void leave(signal));
  // Windows announces log-off to windows only, and never as a quit.
  app.on('browser-window-created', (_event, window: BrowserWindow) => {
    window.on('query-session-end', () => void leave('session-end'));
    window.on('session-end', () => void leave('session-end'));
  });
  void app.whenReady().then(() => {
    // The system waits for us only if the event is held; Electron's types do not know that it can be.
    powerMonitor.on('shutdown', (event?: Electron.Event) => {
      event?.preventDefault();
      void leave('shutdown');
    });
  });

  process.on('uncaughtException', (error) => {
    exitCode = 1;
    log.error('Unexpected error, closing', error);
    void leave(unexpected);
  });
  process.on('unhandledRejection', (reason) => log.error('A promise was left rejected', reason));
  app.on('render-process-gone', (_event, contents, details) => {
    if (details.reason === 'clean-exit' || closing) return;
    log.error('The page crashed', undefined, { reason: details.reason });
    const now = Date.now();
    pageCrashes.push(now);
    const recent = pageCrashes.filter((at) => now - at < crashes.withinMs);
    if (recent.length <= crashes.most) contents.reload();
    else void leave(unexpected);
  });
  app.on('child-process-gone', (_event, details) => {
    if (details.reason !== 'clean-exit' && !closing) {
      log.warn('A helper process is gone', { type: details.type, reason: details.reason });
    }
  });

  return {
    isClosing: () => closing !== undefined,
    startAgain() {
      again = true;
    },
    leaveFor(work) {
      if (closing) return;
      last = work;
      void leave('update');
    },
  };
}
