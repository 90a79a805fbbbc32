import { textsNow } from '../texts/index.ts';
import { commandIds, commands, fixedKeys, placesOf, type CommandId, type CommandPlace } from './commands.ts';

/** What a person has otherwise than it comes: by command, other keys or, as null, none. */
export type ChosenKeys = Readonly<Record<string, string | null>>;

export interface System {
  readonly isMac: boolean;
}

/** The keys a command has as it comes. */
export function usualKeysOf(id: CommandId, { isMac }: System): readonly string[] {
  const { keys = [], macKeys = keys } = commands[id];
  return isMac ? macKeys : keys;
}

/** The keys a command has; the first is the one that is shown. */
export function keysOf(id: CommandId, chosen: ChosenKeys, system: System): readonly string[] {
  const own = chosen[id];
  if (own === undefined) return usualKeysOf(id, system);
  return own === null ? [] : [own];
}

const overlap = (some: readonly CommandPlace[], others: readonly CommandPlace[]): boolean =>
  some.includes('anywhere') || others.includes('anywhere') || some.some((place) => others.includes(place));

/** What else has these keys where this command has its. */
export interface Conflict {
  readonly words: string;
  /** Undefined for keys that nothing can take away. */
  readonly id: CommandId | undefined;
}

/** Who would lose its keys, or keep them from this, if a command had them. */
export function conflictsOf(
  id: CommandId,
  keys: string,
  chosen: ChosenKeys,
  system: System,
): readonly Conflict[] {
  const texts = textsNow();
  const places = placesOf(id);
  const taken = commandIds
    .filter((other) => other !== id && overlap(places, placesOf(other)))
    .filter((other) => keysOf(other, chosen, system).includes(keys))
    .map((other) => ({ id: other, words: texts.commands.titles[other] }));
  const fixed = fixedKeys
    .filter((each) => each.keys.includes(keys) && overlap(places, each.places))
    .map(({ name }) => ({ id: undefined, words: texts.commands.fixed[name] }));
  const edited = keysOfEditing.has(keys) ? [{ id: undefined, words: texts.commands.fixed.editing }] : [];
  return [...taken, ...fixed, ...edited];
}

/** What every field of every program does by them. */
const keysOfEditing: ReadonlySet<string> = new Set(
  ['A', 'C', 'V', 'X', 'Y', 'Shift+Z', 'Shift+V', 'W'].map((key) => `CommandOrControl+${key}`),
);

/** By the keys pressed, the commands that may be meant; where one is decides among them. */
export function commandsByKeys(
  chosen: ChosenKeys,
  system: System,
): ReadonlyMap<string, readonly CommandId[]> {
  const found = new Map<string, CommandId[]>();
  for (const id of commandIds) {
    if (commands[id].isGlobal) continue;
    for (const keys of keysOf(id, chosen, system)) found.set(keys, [...(found.get(keys) ?? []), id]);
  }
  return found;
}

/** With Ctrl, ⌘ or Alt, or a key that writes nothing: it means the same while one is writing. */
export const isBesideText = (keys: string): boolean =>
  /^(?:Shift\+)?F\d{1,2}$|(?:^|\+)(?:CommandOrControl|Control|Alt|Super)\+/.test(keys);

const modifiers = ['CommandOrControl', 'Control', 'Super', 'Alt', 'Shift'] as const;
const named: Readonly<Record<string, string>> = {
  ' ': 'Space',
  '+': 'Plus',
  Escape: 'Esc',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
};

export interface Pressed {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/**
 * What was pressed, as commands have it: a letter by what stands on it, on a keyboard without Latin letters by where it
 * lies; any other sign as it is written, whatever it takes to write it. Undefined while only Ctrl and the like are held.
 */
export function keysPressed(event: Pressed, { isMac }: System): string | undefined {
  const { ctrlKey, metaKey, altKey, shiftKey } = event;
  const key = keyOf(event, isMac);
  if (key === undefined) return undefined;
  const isSign = key.length === 1 && !/[A-Z0-9]/.test(key);
  const held = {
    CommandOrControl: isMac ? metaKey : ctrlKey,
    Control: isMac && ctrlKey,
    Super: !isMac && metaKey,
    Alt: altKey,
    // With a sign, Shift is a part of writing it.
    Shift: shiftKey && !isSign && key !== 'Plus',
  };
  return [...modifiers.filter((name) => held[name]), key].join('+');
}

function keyOf({ key, code, altKey }: Pressed, isMac: boolean): string | undefined {
  if (/^(?:Control|Meta|Alt|AltGraph|Shift|CapsLock|Dead|Process|Unidentified|Fn)$/.test(key))
    return undefined;
  const place = /^(?:Key([A-Z])|Digit(\d))$/.exec(code);
  const letter = place?.[1] ?? place?.[2];
  // With ⌥, a letter writes another sign; and not every keyboard has these letters.
  if (letter !== undefined && ((isMac && altKey) || (key.length === 1 && key > '\u024f'))) return letter;
  return named[key] ?? (key.length === 1 ? key.toUpperCase() : key);
}

const macSigns: Readonly<Record<string, string>> = {
  CommandOrControl: '⌘',
  Command: '⌘',
  Control: '⌃',
  Alt: '⌥',
  Shift: '⇧',
  Super: '⌘',
  Backspace: '⌫',
  Delete: '⌦',
  Enter: '↩',
};
const otherKeys: Readonly<Record<string, string>> = {
  CommandOrControl: 'Control',
  Command: 'Control',
  Super: 'Win',
};
const everywhere: Readonly<Record<string, string>> = {
  Left: '←',
  Right: '→',
  Up: '↑',
  Down: '↓',
  Plus: '+',
};

/** As it is written on the keys: "Ctrl+Shift+P", or "⇧⌘P". */
export function saidKeys(keys: string, { isMac }: System): string {
  const parts = keys.split('+');
  const texts = textsNow();
  const spoken: Readonly<Record<string, string>> = {
    Space: texts.commands.keys.space,
    Enter: texts.commands.keys.enter,
    Tab: texts.commands.keys.tab,
    Home: texts.commands.keys.home,
    End: texts.commands.keys.end,
    Esc: texts.commands.keys.escape,
    PageUp: texts.commands.keys.pageUp,
    PageDown: texts.commands.keys.pageDown,
    Control: texts.commands.keys.control,
    Shift: texts.commands.keys.shift,
    Delete: texts.commands.keys.delete,
  };
  if (!isMac)
    return parts
      .map((part) => spoken[otherKeys[part] ?? part] ?? otherKeys[part] ?? everywhere[part] ?? part)
      .join('+');
  // In the order in which menus there have them.
  const order = ['Control', 'Alt', 'Shift', 'Super', 'Command', 'CommandOrControl'];
  return parts
    .toSorted((a, b) => rank(order, a) - rank(order, b))
    .map((part) => macSigns[part] ?? everywhere[part] ?? spoken[part] ?? part)
    .join('');
}

function rank(order: readonly string[], part: string): number {
  const at = order.indexOf(part);
  return at < 0 ? order.length : at;
}

/** Whether a text can be the keys of a command. */
export const areKeys = (text: string): boolean =>
  /^(?:(?:CommandOrControl|Control|Super|Alt|Shift)\+)*(?:[^\s+]|[A-Z][A-Za-z]{1,11}|F\d{1,2})$/u.test(text);
