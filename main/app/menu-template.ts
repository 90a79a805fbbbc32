import type { MenuItemConstructorOptions } from 'electron';
import { commandIds, commands, type CommandId, type MenuName } from '../../shared/commands/commands.ts';
import { keysOf, type ChosenKeys } from '../../shared/commands/shortcuts.ts';

export interface MenuOptions {
  readonly chosen: ChosenKeys;
  /** Held in every program; null: none. */
  readonly captureKeys: string | null;
  readonly isMac: boolean;
  readonly isPackaged: boolean;
  readonly run: (id: CommandId) => void;
}

const line = { type: 'separator' } as const;

/** The menu bar, made of the commands; what the system brings along keeps its own wording and keys. */
export function menuTemplate(options: MenuOptions): MenuItemConstructorOptions[] {
  const { isMac, isPackaged } = options;
  const of = (menu: MenuName) => itemsOf(menu, options);
  const menus: [string, MenuItemConstructorOptions[]][] = [
    ['&File', [...of('File'), line, { role: 'close' }, ...(isMac ? [] : [line, ...of('App')])]],
    [
      '&Edit',
      [
        ...of('Edit').slice(0, 1),
        { role: 'redo' },
        line,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
        line,
        ...of('Edit').slice(1),
      ],
    ],
    ['&Memory', of('Memory')],
    ['&Go', of('Go')],
    [
      '&View',
      [
        ...of('View'),
        ...(isPackaged ? [] : [line, { role: 'reload' } as const, { role: 'toggleDevTools' } as const]),
      ],
    ],
  ];
  return [
    ...(isMac ? [macAppMenu(of('App'))] : []),
    ...menus.map(([label, submenu]) => ({ label, submenu })),
    { role: 'windowMenu' },
    { role: 'help', submenu: [...of('Help'), ...(isMac ? [] : [line, { role: 'about' } as const])] },
  ];
}

function macAppMenu(own: MenuItemConstructorOptions[]): MenuItemConstructorOptions {
  return {
    role: 'appMenu',
    submenu: [
      { role: 'about' },
      line,
      ...own.slice(0, -1),
      line,
      { role: 'services' },
      line,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      line,
      ...own.slice(-1),
    ],
  };
}

function itemsOf(
  menu: MenuName,
  { chosen, captureKeys, isMac, run }: MenuOptions,
): MenuItemConstructorOptions[] {
  return commandIds
    .filter((id) => commands[id].menu === menu)
    .map((id) => {
      const { words, isGlobal } = commands[id];
      const keys = isGlobal ? captureKeys : keysOf(id, chosen, { isMac })[0];
      // A Mac would take a letter alone away from the text in which it is typed.
      const isShown =
        keys !== undefined && keys !== null && (!isMac || keys.includes('+') || /^F\d/.test(keys));
      return {
        id,
        label: words,
        // The page hears the keys: what they mean depends on where in it one is.
        ...(isShown ? { accelerator: keys, registerAccelerator: false } : {}),
        click: () => run(id),
      };
    });
}
