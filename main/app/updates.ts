import { app } from 'electron';
import type { AppUpdater } from 'electron-updater';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { systemCodeOf } from '../errors/system-code.ts';
import type { UpdateState } from '../../shared/schemas/update-state.ts';
import type { Log } from '../logging/log.ts';
import { NotGenuineError, updateSourceSchema, type UpdateSource } from '../updates/feed.ts';

export interface UpdatesOptions {
  readonly log: Log;
  readonly tell: (state: UpdateState) => void;
  /** Closes the app, library and all, and then does this; when it answers false, the app starts again as it is. */
  readonly leaveFor: (last: () => boolean) => void;
}

export interface Updates {
  current(): UpdateState;
  /** Whether to look by itself from now on. It does not before somebody has said so. */
  setLooking(isWanted: boolean): void;
  /** Looks now; downloads what is newer. */
  check(): Promise<void>;
  /** Closes Loci, installs what was downloaded, and opens it again. */
  install(): void;
}

/** Nobody needs it in the first seconds. */
const firstAfterMs = 15_000;
const everyMs = 24 * 60 * 60 * 1000;

/**
 * Newer versions: the one thing for which Loci ever uses the network, and only for whoever has switched it on.
 * Nothing is installed unasked.
 */
export function keepUpToDate({ log, tell, leaveFor }: UpdatesOptions): Updates {
  const source = findSource(log);
  let state: UpdateState = source ? { state: 'idle', checkedAt: null } : { state: 'impossible' };
  let updater: AppUpdater | undefined;
  let looking: NodeJS.Timeout | undefined;

  function set(now: UpdateState): void {
    state = now;
    tell(now);
  }

  function fail(error: unknown): void {
    log.warn('Looking for an update failed', { error: String(error) });
    set({ state: 'failed', reason: error instanceof NotGenuineError ? 'not-genuine' : 'unreachable' });
  }

  /** Read only by who uses it: it is a large part of the bundle. */
  async function prepare(from: UpdateSource): Promise<AppUpdater> {
    const { autoUpdater } = await import('electron-updater');
    const { signedProvider } = await import('./signed-provider.ts');
    autoUpdater.logger = {
      info: (line) => log.info('Update', { line: String(line) }),
      warn: (line) => log.warn('Update', { line: String(line) }),
      error: (line) => log.warn('Update', { line: String(line) }),
    };
    autoUpdater.setFeedURL({ provider: 'custom', updateProvider: signedProvider(from) });
    autoUpdater.autoDownload = false;
    // On Linux it asks for a password: not what one expects of closing a window.
    autoUpdater.autoInstallOnAppQuit = false;
    // What is downloaded in pieces is put together by lists that nobody has signed.
    autoUpdater.disableDifferentialDownload = true;
    autoUpdater.on('download-progress', ({ percent }) => {
      if (state.state === 'downloading') set({ ...state, share: Math.min(1, percent / 100) });
    });
    return autoUpdater;
  }

  async function check(): Promise<void> {
    if (!source || ['checking', 'downloading', 'ready', 'installing'].includes(state.state)) return;
    set({ state: 'checking' });
    try {
      updater ??= await prepare(source);
      const found = await updater.checkForUpdates();
      if (!found?.isUpdateAvailable) return set({ state: 'idle', checkedAt: new Date().toISOString() });
      const { version } = found.updateInfo;
      set({ state: 'downloading', version, share: 0 });
      await updater.downloadUpdate();
      set({ state: 'ready', version });
    } catch (error) {
      fail(error);
    }
  }

  return {
    current: () => state,
    check,
    setLooking(isWanted) {
      if (isWanted === (looking !== undefined) || !source) return;
      clearTimeout(looking);
      looking = isWanted ? setTimeout(round, firstAfterMs) : undefined;
      looking?.unref();
      function round(): void {
        void check();
        looking = setTimeout(round, everyMs);
        looking.unref();
      }
    },
    install() {
      if (state.state !== 'ready' || !updater) return;
      const { version } = state;
      const ready = updater;
      set({ state: 'installing', version });
      log.info('Closing to install an update', { version });
      leaveFor(() => {
        let failed = false;
        ready.once('error', () => (failed = true));
        // On Linux this comes back when it is done or refused; elsewhere the installer waits for us to end.
        ready.quitAndInstall(true, true);
        return !failed;
      });
    },
  };
}

/** Only a package has one, and only if an address and a key were given when it was made. */
function findSource(log: Log): UpdateSource | undefined {
  if (!app.isPackaged || !isInstalled()) return undefined;
  try {
    return updateSourceSchema.parse(
      JSON.parse(readFileSync(path.join(process.resourcesPath, 'app-update.yml'), 'utf8')),
    );
  } catch (error) {
    if (systemCodeOf(error) !== 'ENOENT')
      log.warn('Where to look for updates is not readable', { error: String(error) });
    return undefined;
  }
}

/** Where the next version belongs is known of what was installed; what was only unpacked, its owner replaces. */
function isInstalled(): boolean {
  const { APPIMAGE, APPDIR, PORTABLE_EXECUTABLE_DIR } = process.env;
  if (process.platform !== 'linux') return PORTABLE_EXECUTABLE_DIR === undefined;
  // A program that itself came as an AppImage hands its variables down to what is started from it.
  const isAppImage = Boolean(APPIMAGE && APPDIR && process.execPath.startsWith(`${APPDIR}/`));
  return isAppImage || existsSync(path.join(process.resourcesPath, 'package-type'));
}
