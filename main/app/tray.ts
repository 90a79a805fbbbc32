import { app, Menu, nativeTheme, Tray, type MenuItemConstructorOptions } from 'electron';
import path from 'node:path';
import type { CommandId } from '../../shared/commands/commands.ts';
import { textsNow } from '../../shared/texts/index.ts';
import type { Log } from '../logging/log.ts';

export interface RecentMemory {
  readonly id: string;
  readonly words: string;
}

export interface TrayOptions {
  readonly log: Log;
  readonly run: (id: CommandId) => void;
  readonly show: () => void;
  readonly open: (id: string) => void;
  /** Those that were added last; none while the library is not open. */
  readonly recent: () => Promise<readonly RecentMemory[]>;
}

export interface LociTray {
  /** Whether it is there. */
  setShown(isShown: boolean): void;
  /** Other memories are the latest now. */
  refresh(): void;
}

const images = path.join('resources', 'tray');
const longestWords = 48;
/** Many changes in a row are one to the menu. */
const pauseMs = 1_000;

/** Loci beside the clock: what one wants of it while its window is closed. */
export function createTray({ log, run, show, open, recent }: TrayOptions): LociTray {
  let tray: Tray | undefined;
  let pause: NodeJS.Timeout | undefined;

  function imageFile(): string {
    const isForMac = process.platform === 'darwin' || !nativeTheme.shouldUseDarkColors;
    return path.join(app.getAppPath(), images, isForMac ? 'trayTemplate.png' : 'tray-on-dark.png');
  }

  async function fill(): Promise<void> {
    const memories = await recent().catch(() => []);
    const texts = textsNow();
    const items: MenuItemConstructorOptions[] = [
      { label: texts.menus.tray.newMemory, click: () => run('capture.open') },
      { label: texts.menus.tray.search, click: () => run('search.go') },
      { type: 'separator' },
      ...memories.map(({ id, words }) => ({ label: cut(words), click: () => open(id) })),
      ...(memories.length > 0 ? [{ type: 'separator' } as const] : []),
      { label: texts.menus.tray.open, click: show },
      { label: texts.menus.tray.quit, click: () => run('app.quit') },
    ];
    tray?.setContextMenu(Menu.buildFromTemplate(items));
  }

  nativeTheme.on('updated', () => {
    if (process.platform !== 'darwin') tray?.setImage(imageFile());
  });

  return {
    setShown(isShown) {
      if (!isShown) {
        tray?.destroy();
        tray = undefined;
        return;
      }
      if (tray) return;
      try {
        tray = new Tray(imageFile());
        tray.setToolTip('Loci');
        // A Mac opens the menu by itself.
        if (process.platform !== 'darwin') tray.on('click', show);
        void fill();
      } catch (error) {
        log.error('The tray cannot be used', error);
      }
    },
    refresh() {
      if (!tray || pause) return;
      pause = setTimeout(() => {
        pause = undefined;
        void fill();
      }, pauseMs);
      pause.unref();
    },
  };
}

/** An ampersand would underline the letter behind it. */
function cut(words: string): string {
  const short = words.length > longestWords ? `${words.slice(0, longestWords).trimEnd()}…` : words;
  return (short === '' ? textsNow().menus.tray.withoutWords : short).replaceAll('&', '&&');
}
