import { expect, test } from 'vitest';
import type { MenuItemConstructorOptions } from 'electron';
import { commandIds, commands, type CommandId } from '../../shared/commands/commands.ts';
import { textsIn } from '../../shared/texts/index.ts';
import { keysOf } from '../../shared/commands/shortcuts.ts';
import { menuTemplate, type MenuOptions } from './menu-template.ts';

const ran: CommandId[] = [];
const usual: MenuOptions = {
  chosen: {},
  captureKeys: 'CommandOrControl+Shift+Space',
  isMac: false,
  isPackaged: true,
  run: (id) => ran.push(id),
};

const inOrder = (texts: readonly string[]): string[] => texts.toSorted((a, b) => (a < b ? -1 : 1));

function itemsOf(options: Partial<MenuOptions> = {}): MenuItemConstructorOptions[] {
  return menuTemplate({ ...usual, ...options })
    .flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []))
    .filter(({ id }) => id !== undefined);
}

test.each([true, false])(
  'the menus hold what the commands say, each once, with its keys (on a Mac: %s)',
  (isMac) => {
    const items = itemsOf({ isMac });
    const inMenus = commandIds.filter((id) => commands[id].menu !== undefined);
    expect(inOrder(items.map(({ id, label }) => `${id}: ${label}`))).toEqual(
      inOrder(inMenus.map((id) => `${id}: ${textsIn.en.commands.titles[id]}`)),
    );
    for (const { id, accelerator } of items) {
      const keys = id === 'capture.open' ? usual.captureKeys : keysOf(id as CommandId, {}, { isMac })[0];
      if (accelerator !== undefined || !isMac) expect([id, accelerator]).toEqual([id, keys]);
    }
  },
);

test('an item of a menu does what its command does', () => {
  ran.length = 0;
  for (const item of itemsOf()) item.click?.(undefined as never, undefined, undefined as never);
  expect(inOrder(ran)).toEqual(inOrder(commandIds.filter((id) => commands[id].menu !== undefined)));
});

test('other keys stand in the menu too, and none where there is none', () => {
  const find = (items: MenuItemConstructorOptions[], id: CommandId) =>
    items.find((item) => item.id === id)?.accelerator;
  const items = itemsOf({
    chosen: { 'memory.new': 'CommandOrControl+M', 'search.go': null },
    captureKeys: null,
  });
  expect([find(items, 'memory.new'), find(items, 'search.go'), find(items, 'capture.open')]).toEqual([
    'CommandOrControl+M',
    undefined,
    undefined,
  ]);
});
