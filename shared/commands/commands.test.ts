import { expect, test } from 'vitest';
import { textsIn } from '../texts/index.ts';
import { commandIds, commands, fixedKeys, menuNames, placesOf, sections } from './commands.ts';
import {
  areKeys,
  commandsByKeys,
  conflictsOf,
  keysOf,
  keysPressed,
  saidKeys,
  usualKeysOf,
} from './shortcuts.ts';

const systems = { 'a Mac': { isMac: true }, 'another computer': { isMac: false } };
const other = systems['another computer'];
const mac = systems['a Mac'];

test.each(Object.entries(systems))('no two commands share keys in one place on %s', (_name, system) => {
  const conflicts = commandIds.flatMap((id) =>
    usualKeysOf(id, system).flatMap((keys) =>
      conflictsOf(id, keys, {}, system).map(({ words }) => `${id} and ${words}: ${keys}`),
    ),
  );
  expect(conflicts).toEqual([]);
});

test('every command is in a section that is shown, and has keys that can be pressed', () => {
  for (const id of commandIds) {
    const { section, menu, keys = [], macKeys = [] } = commands[id];
    expect(sections).toContain(section);
    if (menu !== undefined) expect(menuNames).toContain(menu);
    expect([...keys, ...macKeys].filter((each) => !areKeys(each))).toEqual([]);
  }
  expect(fixedKeys.flatMap(({ keys }) => keys).filter((each) => !areKeys(each))).toEqual([]);
});

test('two commands of one section are told apart by their words', () => {
  for (const texts of Object.values(textsIn)) {
    const said = commandIds.map((id) => `${commands[id].section}: ${texts.commands.titles[id]}`);
    expect(new Set(said).size).toBe(said.length);
  }
});

test('other keys take the place of all that a command had, none leaves it without', () => {
  expect(keysOf('search.go', {}, other)).toEqual(['CommandOrControl+K', '/']);
  expect(keysOf('search.go', { 'search.go': 'CommandOrControl+L' }, other)).toEqual(['CommandOrControl+L']);
  expect(keysOf('search.go', { 'search.go': null }, other)).toEqual([]);
  const byKeys = commandsByKeys({ 'search.go': 'CommandOrControl+L' }, other);
  expect([byKeys.get('/'), byKeys.get('CommandOrControl+L')]).toEqual([undefined, ['search.go']]);
});

test('keys that something has in the same place are named with what has them', () => {
  const words = (...args: Parameters<typeof conflictsOf>) => conflictsOf(...args).map((each) => each.words);
  expect(words('memory.edit', 'T', {}, other)).toEqual(['Tag…']);
  expect(words('memory.edit', 'J', {}, other)).toEqual(['Move through a list']);
  // Nobody is in a list and in front of a pair at once.
  expect(words('memory.edit', 'M', {}, other)).toEqual([]);
  expect(words('pair.merge', 'CommandOrControl+N', {}, other)).toEqual(['New memory']);
  expect(words('memory.new', 'CommandOrControl+C', {}, other)).toEqual(['Editing text']);
  // What was given other keys has freed its own.
  expect(words('memory.edit', 'T', { 'memory.tag': 'G' }, other)).toEqual([]);
  expect(placesOf('memory.edit')).toEqual(['list', 'memory']);
});

test('what is pressed is told by what stands on the key', () => {
  const nothing = { code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
  const pressed = (event: object, system = other) => keysPressed({ key: '', ...nothing, ...event }, system);
  expect(pressed({ key: 'p', code: 'KeyP', ctrlKey: true, shiftKey: true })).toBe('CommandOrControl+Shift+P');
  expect(pressed({ key: 'з', code: 'KeyP', ctrlKey: true })).toBe('CommandOrControl+P');
  expect(pressed({ key: '?', code: 'Minus', shiftKey: true })).toBe('?');
  expect(pressed({ key: '+', code: 'Equal', ctrlKey: true, shiftKey: true })).toBe('CommandOrControl+Plus');
  expect(pressed({ key: 'ArrowLeft', code: 'ArrowLeft', altKey: true })).toBe('Alt+Left');
  expect(pressed({ key: 'å', code: 'KeyA', altKey: true, metaKey: true }, mac)).toBe(
    'CommandOrControl+Alt+A',
  );
  expect(pressed({ key: 'F6', code: 'F6', shiftKey: true })).toBe('Shift+F6');
  expect(pressed({ key: 'Control', code: 'ControlLeft', ctrlKey: true })).toBe(undefined);
});

test('keys are written as they stand on the keys', () => {
  expect(saidKeys('CommandOrControl+Shift+P', other)).toBe('Ctrl+Shift+P');
  expect(saidKeys('CommandOrControl+Shift+P', mac)).toBe('⇧⌘P');
  expect(saidKeys('Alt+Left', other)).toBe('Alt+←');
  expect(saidKeys('CommandOrControl+Plus', other)).toBe('Ctrl++');
});
