import { BrowserWindow, nativeTheme, screen } from 'electron';
import type { Settings } from '../../shared/schemas/settings.ts';
import { appOrigin } from '../ipc/origin.ts';
import type { Log } from '../logging/log.ts';
import type { Paths } from './paths.ts';
import { placeWindow, readWindowState, writeWindowState, type WindowState } from './window-state.ts';

export interface MainWindow {
  /** Opens it, or brings the open one to the front. */
  show(): void;
  /** When the first window's page has been read, and only has to be painted. */
  whenRead(): Promise<void>;
  /** When the first window has been painted, or after a moment if that does not come about. */
  whenShown(): Promise<void>;
  applyTheme(theme: Settings['appearance.theme']): void;
  /** For a way out on which windows are not closed one by one. */
  rememberPlace(): void;
}

/** Surface colours of the page's tokens, so that a window is never white before it is painted. */
export const paper = { light: '#fbfaf7', dark: '#191b1f' };

/** A page that cannot be painted must not keep the rest waiting. */
const paintTimeoutMs = 2_000;
/** Many times what a page needs to begin, also after a computer was just switched on. */
const answerTimeoutMs = 8_000;
const mostReplacements = 2;

export interface MainWindowOptions {
  readonly paths: Paths;
  readonly log: Log;
  readonly onClosed: () => void;
}

/** At once: what is asleep hears no request. */
function endProcess(pid: number): void {
  try {
    if (pid > 0) process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

export function createMainWindow({ paths, log, onClosed }: MainWindowOptions): MainWindow {
  let state: WindowState = readWindowState(paths.profile);
  let window: BrowserWindow | undefined;
  let replacements = 0;
  const read = Promise.withResolvers<void>();
  const shown = Promise.withResolvers<void>();
  nativeTheme.themeSource = state.theme;

  function remember(change: Partial<WindowState>): void {
    state = { ...state, ...change };
    try {
      writeWindowState(paths.profile, state);
    } catch {
      // The next start opens at the usual place; not worth a word to the person.
    }
  }

  function rememberPlace(): void {
    if (window) remember({ bounds: window.getNormalBounds(), maximized: window.isMaximized() });
  }

  function open(): BrowserWindow {
    const primary = screen.getPrimaryDisplay().workArea;
    const screens = screen.getAllDisplays().map((display) => display.workArea);
    const opened = new BrowserWindow({
      ...placeWindow(state.bounds, screens, primary),
      minWidth: 480,
      minHeight: 400,
      title: 'Loci',
      show: false,
      // On the other systems the icon comes with the program.
      ...(process.platform === 'linux' ? { icon: paths.icon } : {}),
      backgroundColor: nativeTheme.shouldUseDarkColors ? paper.dark : paper.light,
      autoHideMenuBar: process.platform !== 'darwin',
      webPreferences: {
        preload: paths.preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
        spellcheck: false,
        // Only our page's own storage; no plugin or remote module has a use here.
        navigateOnDragDrop: false,
      },
    });
    if (state.maximized) opened.maximize();
    opened.webContents.once('dom-ready', () => read.resolve());
    opened.once('ready-to-show', () => {
      opened.show();
      shown.resolve();
    });
    setTimeout(() => {
      // A window that has nothing to show yet is still better than none.
      if (!opened.isDestroyed() && !opened.isVisible()) opened.show();
      read.resolve();
      shown.resolve();
    }, paintTimeoutMs).unref();
    opened.on('close', rememberPlace);
    opened.on('closed', () => {
      if (window !== opened) return;
      window = undefined;
      onClosed();
    });
    replaceIfSilent(opened);
    void opened.loadURL(`${appOrigin}/`);
    return opened;
  }

  /**
   * About once in several hundred starts Chromium's process for the page falls asleep before the page begins,
   * and never wakes: seen on Linux without a graphics card. A person would look at an empty window for ever.
   */
  function replaceIfSilent(opened: BrowserWindow): void {
    const patience = setTimeout(() => {
      if (opened.isDestroyed() || replacements === mostReplacements) return;
      replacements += 1;
      log.warn('The page did not begin: its window is opened anew');
      // First the new one: without any window the app would end.
      window = open();
      const asleep = opened.webContents.getOSProcessId();
      opened.destroy();
      endProcess(asleep);
    }, answerTimeoutMs);
    patience.unref();
    opened.webContents.once('dom-ready', () => clearTimeout(patience));
  }

  return {
    rememberPlace,
    whenRead: () => read.promise,
    whenShown: () => shown.promise,
    show() {
      if (!window) {
        window = open();
        return;
      }
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    applyTheme(theme) {
      nativeTheme.themeSource = theme;
      if (theme !== state.theme) remember({ theme });
    },
  };
}
