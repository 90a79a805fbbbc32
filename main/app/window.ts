import { BrowserWindow, nativeTheme, screen } from 'electron';
import type { Settings } from '../../shared/schemas/settings.ts';
import type { LanguageSetting } from '../../shared/texts/language.ts';
import { appOrigin } from '../ipc/origin.ts';
import type { Log } from '../logging/log.ts';
import type { Paths } from './paths.ts';
import {
  placeWindow,
  readWindowState,
  writeWindowState,
  type WindowPlace,
  type WindowState,
} from './window-state.ts';

export interface MainWindow {
  /** Opens what was open last, or brings the open one to the front. */
  show(): void;
  /** When the first window's page has been read, and only has to be painted. */
  whenRead(): Promise<void>;
  /** The same, with that in view. */
  showAt(address: string): void;
  /** One more on the same library, beside the one in front. */
  openAnother(): void;
  /** The one a person is at, or was last. */
  latest(): BrowserWindow | undefined;
  all(): readonly BrowserWindow[];
  /** When the first window has been painted, or after a moment if that does not come about. */
  whenShown(): Promise<void>;
  applyTheme(theme: Settings['appearance.theme']): void;
  applyTextSize(percent: number): void;
  /** As it was chosen when the app ran last, until a library is open. */
  rememberedLanguage(): LanguageSetting;
  rememberLanguage(setting: LanguageSetting): void;
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

/** So far below and beside the one in front. */
const stepPx = 32;

export function createMainWindow({ paths, log, onClosed }: MainWindowOptions): MainWindow {
  let state: WindowState = readWindowState(paths.profile);
  /** The one that was in front last comes last. */
  let windows: readonly BrowserWindow[] = [];
  let replacements = 0;
  const read = Promise.withResolvers<void>();
  const shown = Promise.withResolvers<void>();
  nativeTheme.themeSource = state.theme;

  const latest = () => windows.at(-1);

  function remember(change: Partial<WindowState>): void {
    state = { ...state, ...change };
    try {
      writeWindowState(paths.profile, state);
    } catch {
      // The next start opens at the usual place; not worth a word to the person.
    }
  }

  function rememberPlace(): void {
    const front = latest();
    if (!front) return;
    const others = windows.filter((each) => each !== front).map(placeOf);
    remember({ ...placeOf(front), others });
  }

  function open(place: WindowPlace): BrowserWindow {
    const primary = screen.getPrimaryDisplay().workArea;
    const screens = screen.getAllDisplays().map((display) => display.workArea);
    const opened = new BrowserWindow({
      ...placeWindow(place.bounds, screens, primary),
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
        zoomFactor: state.textSize / 100,
        // Only our page's own storage; no plugin or remote module has a use here.
        navigateOnDragDrop: false,
      },
    });
    windows = [...windows, opened];
    if (place.maximized) opened.maximize();
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
    opened.on('focus', () => {
      windows = [...windows.filter((each) => each !== opened), opened];
    });
    opened.on('close', () => {
      // Of several, one that is closed is not missed the next time.
      if (windows.length === 1) rememberPlace();
    });
    opened.on('closed', () => {
      if (!windows.includes(opened)) return;
      windows = windows.filter((each) => each !== opened);
      if (windows.length === 0) onClosed();
    });
    replaceIfSilent(opened, place);
    void opened.loadURL(`${appOrigin}/${place.address ?? ''}`);
    return opened;
  }

  /**
   * About once in several hundred starts Chromium's process for the page falls asleep before the page begins,
   * and never wakes: seen on Linux without a graphics card. A person would look at an empty window for ever.
   */
  function replaceIfSilent(opened: BrowserWindow, place: WindowPlace): void {
    const patience = setTimeout(() => {
      if (opened.isDestroyed() || replacements === mostReplacements) return;
      replacements += 1;
      log.warn('The page did not begin: its window is opened anew');
      // First the new one: without any window the app would end.
      open(place);
      const asleep = opened.webContents.getOSProcessId();
      opened.destroy();
      endProcess(asleep);
    }, answerTimeoutMs);
    patience.unref();
    opened.webContents.once('dom-ready', () => clearTimeout(patience));
  }

  /** As many as there were, the one that was in front in front. */
  function openAll(): void {
    const { others, bounds, maximized, address } = state;
    for (const place of [...others, { bounds, maximized, address }]) open(place);
  }

  function bringToFront(window: BrowserWindow): void {
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }

  function show(): void {
    const front = latest();
    if (front) bringToFront(front);
    else openAll();
  }

  return {
    rememberPlace,
    whenRead: () => read.promise,
    latest,
    all: () => windows,
    whenShown: () => shown.promise,
    show,
    showAt(address) {
      const front = latest();
      if (!front) {
        open({ ...state, address });
        return;
      }
      bringToFront(front);
      void front.loadURL(`${appOrigin}/${address}`);
    },
    openAnother() {
      const front = latest();
      if (!front) return show();
      const { x, y, ...size } = front.getNormalBounds();
      open({ ...placeOf(front), bounds: { ...size, x: x + stepPx, y: y + stepPx }, maximized: false });
    },
    applyTheme(theme) {
      nativeTheme.themeSource = theme;
      if (theme !== state.theme) remember({ theme });
    },
    rememberedLanguage: () => state.language,
    rememberLanguage(language) {
      if (language !== state.language) remember({ language });
    },
    applyTextSize(percent) {
      // All pages are of one origin, and have one size.
      for (const window of windows) window.webContents.setZoomFactor(percent / 100);
      if (percent !== state.textSize) remember({ textSize: percent });
    },
  };
}

function placeOf(window: BrowserWindow): WindowPlace {
  const { hash } = new URL(window.webContents.getURL() || appOrigin);
  return {
    bounds: window.getNormalBounds(),
    maximized: window.isMaximized(),
    address: hash.startsWith('#/') ? hash : undefined,
  };
}
