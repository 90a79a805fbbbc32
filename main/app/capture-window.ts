import { BrowserWindow, clipboard, nativeTheme, screen } from 'electron';
import { maxLinkTextLength, type CaptureOpening } from '../../shared/schemas/capture.ts';
import { textsNow } from '../../shared/texts/index.ts';
import { appOrigin } from '../ipc/origin.ts';
import type { Paths } from './paths.ts';
import { paper } from './window.ts';

export interface CaptureWindow {
  open(bringing?: { readonly fromLink?: string }): Promise<void>;
  /** Opens it, or puts it away when it is in front. */
  toggle(): void;
  hide(): void;
  /** What it was last opened with. */
  opening(): CaptureOpening;
  setFromClipboard(isWanted: boolean): void;
  close(): void;
}

export interface CaptureWindowOptions {
  readonly paths: Paths;
  readonly tell: (opening: CaptureOpening) => void;
}

const size = { width: 600, height: 340 };

/**
 * How long it is kept ready once it was used. A page that waits costs about as much memory as a tab; whoever
 * captures once captures again soon, and whoever does not should not pay for it.
 */
const keepReadyMs = 15 * 60_000;

/** Nothing where there is no text, or more than one would want to begin with. */
async function readClipboard(): Promise<string | null> {
  const text = await clipboard.readText();
  return text.length > 0 && text.length <= maxLinkTextLength ? text : null;
}

/** The small window that lies over whatever a person is doing. */
export function createCaptureWindow({ paths, tell }: CaptureWindowOptions): CaptureWindow {
  let window: BrowserWindow | undefined;
  let idle: NodeJS.Timeout | undefined;
  let isFromClipboard = false;
  let opening: CaptureOpening = { number: 0, clipboard: null, fromLink: null };

  function make(): BrowserWindow {
    const made = new BrowserWindow({
      ...size,
      minWidth: 380,
      minHeight: 240,
      title: textsNow().capture.windowTitle,
      show: false,
      frame: false,
      alwaysOnTop: true,
      skipTaskbar: true,
      maximizable: false,
      minimizable: false,
      fullscreenable: false,
      // Over a program that fills the screen, without leaving it.
      ...(process.platform === 'darwin' ? { type: 'panel' } : {}),
      ...(process.platform === 'linux' ? { icon: paths.icon } : {}),
      backgroundColor: nativeTheme.shouldUseDarkColors ? paper.dark : paper.light,
      webPreferences: {
        preload: paths.preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
        spellcheck: false,
        navigateOnDragDrop: false,
      },
    });
    made.setVisibleOnAllWorkspaces(true, { visibleOnFullScreen: true, skipTransformProcessType: true });
    made.once('ready-to-show', () => show(made));
    // What is in it stays: closing is putting away.
    made.on('close', (event) => {
      event.preventDefault();
      hide();
    });
    made.on('closed', () => {
      window = undefined;
    });
    void made.loadURL(`${appOrigin}/capture.html`);
    return made;
  }

  /** Where the person is looking: the screen with the pointer, in its upper third. */
  function show(shown: BrowserWindow): void {
    clearTimeout(idle);
    const { workArea } = screen.getDisplayNearestPoint(screen.getCursorScreenPoint());
    const { width, height } = shown.getBounds();
    if (!shown.isVisible()) {
      shown.setPosition(
        Math.round(workArea.x + (workArea.width - width) / 2),
        Math.round(workArea.y + Math.max(0, (workArea.height - height) / 4)),
      );
    }
    shown.show();
    shown.focus();
  }

  function hide(): void {
    window?.hide();
    clearTimeout(idle);
    idle = setTimeout(close, keepReadyMs);
    idle.unref();
  }

  function close(): void {
    clearTimeout(idle);
    window?.destroy();
    window = undefined;
  }

  async function open({ fromLink }: { readonly fromLink?: string } = {}): Promise<void> {
    opening = {
      number: opening.number + 1,
      clipboard: isFromClipboard ? await readClipboard() : null,
      fromLink: fromLink ?? null,
    };
    if (window) {
      show(window);
      tell(opening);
    } else {
      window = make();
    }
  }

  return {
    open,
    hide,
    close,
    toggle() {
      if (window?.isVisible() && window.isFocused()) hide();
      else void open();
    },
    opening: () => opening,
    setFromClipboard(isWanted) {
      isFromClipboard = isWanted;
    },
  };
}
