import type { MenuItemConstructorOptions } from 'electron';
import { commandIds, commands, type CommandId, type MenuName } from '../../shared/commands/commands.ts';
import { textsNow, type Texts } from '../../shared/texts/index.ts';
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
  const texts = textsNow();
  const of = (menu: MenuName) => itemsOf(menu, options);
  const menus: [string, MenuItemConstructorOptions[]][] = [
    [
      texts.menus.bar.file,
      [
        ...of('File'),
        line,
        { role: 'close', label: isMac ? texts.menus.closeOnMac : texts.menus.close },
        ...(isMac ? [] : [line, ...of('App')]),
      ],
    ],
    [
      texts.menus.bar.edit,
      [
        ...of('Edit').slice(0, 1),
        { role: 'redo', label: texts.menus.redo },
        line,
        { role: 'cut', label: texts.menus.cut },
        { role: 'copy', label: texts.menus.copy },
        { role: 'paste', label: texts.menus.paste },
        { role: 'selectAll', label: texts.menus.selectAll },
        line,
        ...of('Edit').slice(1),
      ],
    ],
    [texts.menus.bar.memory, of('Memory')],
    [texts.menus.bar.go, of('Go')],
    [texts.menus.bar.view, [...of('View'), ...(isPackaged ? [] : developerItems(texts))]],
  ];
  return [
    ...(isMac ? [macAppMenu(of('App'), texts)] : []),
    ...menus.map(([label, submenu]) => ({ label, submenu })),
    windowMenu(isMac, texts),
    {
      role: 'help',
      label: texts.menus.bar.help,
      submenu: [
        ...of('Help'),
        ...(isMac ? [] : [line, { role: 'about', label: texts.menus.about } as const]),
      ],
    },
  ];
}

const developerItems = (texts: Texts): MenuItemConstructorOptions[] => [
  line,
  { role: 'reload', label: texts.menus.reload },
  { role: 'toggleDevTools', label: texts.menus.developer },
];

const windowMenu = (isMac: boolean, texts: Texts): MenuItemConstructorOptions => ({
  role: 'windowMenu',
  label: texts.menus.bar.window,
  submenu: [
    { role: 'minimize', label: texts.menus.minimize },
    { role: 'zoom', label: texts.menus.zoom },
    ...(isMac
      ? [line, { role: 'front', label: texts.menus.front } as const]
      : [{ role: 'close', label: texts.menus.close } as const]),
  ],
});

function macAppMenu(own: MenuItemConstructorOptions[], texts: Texts): MenuItemConstructorOptions {
  return {
    role: 'appMenu',
    submenu: [
      { role: 'about', label: texts.menus.about },
      line,
      ...own.slice(0, -1),
      line,
      { role: 'services', label: texts.menus.services },
      line,
      { role: 'hide', label: texts.menus.hide },
      { role: 'hideOthers', label: texts.menus.hideOthers },
      { role: 'unhide', label: texts.menus.showAll },
      line,
      ...own.slice(-1),
    ],
  };
}

function itemsOf(
  menu: MenuName,
  { chosen, captureKeys, isMac, run }: MenuOptions,
): MenuItemConstructorOptions[] {
  const texts = textsNow();
  return commandIds
    .filter((id) => commands[id].menu === menu)
    .map((id) => {
      const { isGlobal } = commands[id];
      const keys = isGlobal ? captureKeys : keysOf(id, chosen, { isMac })[0];
      // A Mac would take a letter alone away from the text in which it is typed.
      const isShown =
        keys !== undefined && keys !== null && (!isMac || keys.includes('+') || /^F\d/.test(keys));
      return {
        id,
        label: texts.commands.titles[id],
        // The page hears the keys: what they mean depends on where in it one is.
        ...(isShown ? { accelerator: keys, registerAccelerator: false } : {}),
        click: () => run(id),
      };
    });
}
