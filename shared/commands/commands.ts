import type { Texts } from '../texts/index.ts';

/** Where the keys of a command count: everywhere, or while one is in that part of the window. */
export const commandPlaces = [
  'anywhere',
  'list',
  'trash',
  'memory',
  'pair',
  'adapters',
  'adapterTrash',
] as const;
export type CommandPlace = (typeof commandPlaces)[number];

export const sections = [
  'memories',
  'sessions',
  'search',
  'go',
  'view',
  'lookAlikes',
  'specializations',
  'help',
  'loci',
] as const;
export type Section = (typeof sections)[number];

/** Of the menu bar. What is about the app itself stands under its name on a Mac, and under File elsewhere. */
export const menuNames = ['App', 'File', 'Edit', 'Memory', 'Go', 'View', 'Help'] as const;
export type MenuName = (typeof menuNames)[number];

/** Something that can be done, whatever one does it by: a key, a menu, the list of commands. */
export interface Command {
  readonly section: Section;
  readonly menu?: MenuName;
  /** As Electron writes them; the first is the one that is shown. */
  readonly keys?: readonly string[];
  readonly macKeys?: readonly string[];
  /** Without any: anywhere. */
  readonly places?: readonly CommandPlace[];
  /** Its keys belong to the text where one is writing. */
  readonly yieldsToText?: true;
  /** Its keys are held in every program, and set with the settings of capturing. */
  readonly isGlobal?: true;
}

const chosen = ['list', 'memory'] as const;
const lists = ['list', 'trash', 'adapters', 'adapterTrash'] as const;

/**
 * Everything that can be done, once. The list of commands, the menus, the keys, the list of keys and its settings are
 * all made of this, so that none of them can say something else than the others. What they are called is in the catalogue.
 */
const table = {
  'memory.new': { section: 'memories', menu: 'File', keys: ['CommandOrControl+N'] },
  'capture.open': {
    section: 'memories',
    menu: 'File',
    isGlobal: true,
  },
  'memory.edit': { section: 'memories', menu: 'Memory', keys: ['E'], places: chosen },
  'memory.tag': { section: 'memories', menu: 'Memory', keys: ['T'], places: chosen },
  'memory.pin': { section: 'memories', menu: 'Memory', keys: ['P'], places: chosen },
  'memory.important': { section: 'memories', menu: 'Memory', places: ['list'] },
  'memory.usual': { section: 'memories', menu: 'Memory', places: ['list'] },
  'memory.minor': { section: 'memories', menu: 'Memory', places: ['list'] },
  'memory.move': {
    section: 'memories',
    menu: 'Memory',
    keys: ['S'],
    places: ['list'],
  },
  'memory.link': {
    section: 'memories',
    menu: 'Memory',
    keys: ['L'],
    places: ['list'],
  },
  'memory.history': {
    section: 'memories',
    menu: 'Memory',
    keys: ['H'],
    places: ['memory'],
  },
  'memory.copy': {
    section: 'memories',
    menu: 'Memory',
    keys: ['C'],
    places: ['memory'],
  },
  'memory.trash': {
    section: 'memories',
    menu: 'Memory',
    keys: ['Delete', 'Backspace'],
    macKeys: ['Backspace', 'Delete'],
    places: chosen,
  },
  'memory.restore': {
    section: 'memories',
    menu: 'Memory',
    keys: ['R'],
    places: ['trash'],
  },
  'memory.purge': {
    section: 'memories',
    menu: 'Memory',
    keys: ['Delete', 'Backspace'],
    macKeys: ['Backspace', 'Delete'],
    places: ['trash'],
  },
  'edit.undo': {
    section: 'memories',
    menu: 'Edit',
    keys: ['CommandOrControl+Z'],
    yieldsToText: true,
  },

  'session.start': { section: 'sessions', menu: 'File' },
  'session.end': { section: 'sessions', menu: 'File' },

  'search.go': { section: 'search', menu: 'Edit', keys: ['CommandOrControl+K', '/'] },
  'reading.pause': { section: 'search' },

  'go.memories': { section: 'go', menu: 'Go', keys: ['CommandOrControl+1'] },
  'go.pinned': { section: 'go', menu: 'Go', keys: ['CommandOrControl+2'] },
  'go.untagged': { section: 'go', menu: 'Go' },
  'go.sessions': { section: 'go', menu: 'Go' },
  'go.tags': { section: 'go', menu: 'Go' },
  'go.duplicates': { section: 'go', menu: 'Go' },
  'go.specializations': { section: 'go', menu: 'Go' },
  'go.trash': { section: 'go', menu: 'Go' },
  'go.activity': { section: 'go', menu: 'Go' },
  'go.status': { section: 'go', menu: 'Go' },
  'go.people': { section: 'go', menu: 'Go' },
  'go.back': {
    section: 'go',
    menu: 'Go',
    keys: ['Alt+Left'],
    macKeys: ['CommandOrControl+['],
  },
  'go.forward': {
    section: 'go',
    menu: 'Go',
    keys: ['Alt+Right'],
    macKeys: ['CommandOrControl+]'],
  },
  'go.nextPane': { section: 'go', keys: ['F6'] },
  'go.previousPane': { section: 'go', keys: ['Shift+F6'] },

  'app.commands': {
    section: 'view',
    menu: 'View',
    keys: ['CommandOrControl+Shift+P'],
  },
  'app.jobs': { section: 'view', menu: 'View', keys: ['CommandOrControl+J'] },
  'view.systemTheme': { section: 'view' },
  'view.lightTheme': { section: 'view' },
  'view.darkTheme': { section: 'view' },
  'view.comfortable': { section: 'view' },
  'view.compact': { section: 'view' },
  'view.newest': { section: 'view' },
  'view.oldest': { section: 'view' },
  'view.timeline': { section: 'view', menu: 'View' },
  'view.larger': {
    section: 'view',
    menu: 'View',
    keys: ['CommandOrControl+Plus', 'CommandOrControl+='],
  },
  'view.smaller': { section: 'view', menu: 'View', keys: ['CommandOrControl+-'] },
  'view.usualSize': { section: 'view', menu: 'View', keys: ['CommandOrControl+0'] },
  'view.fullScreen': {
    section: 'view',
    menu: 'View',
    keys: ['F11'],
    macKeys: ['Control+CommandOrControl+F'],
  },

  'pair.next': { section: 'lookAlikes', keys: ['J', 'Right'], places: ['pair'] },
  'pair.previous': { section: 'lookAlikes', keys: ['K', 'Left'], places: ['pair'] },
  'pair.keepFirst': { section: 'lookAlikes', keys: ['1'], places: ['pair'] },
  'pair.keepSecond': { section: 'lookAlikes', keys: ['2'], places: ['pair'] },
  'pair.keepOneOfAll': {
    section: 'lookAlikes',
    keys: ['A'],
    places: ['pair'],
  },
  'pair.merge': { section: 'lookAlikes', keys: ['M'], places: ['pair'] },
  'pair.apart': { section: 'lookAlikes', keys: ['D'], places: ['pair'] },

  'specialization.compare': { section: 'specializations', keys: ['C'], places: ['adapters'] },
  'specialization.trash': {
    section: 'specializations',
    keys: ['Delete', 'Backspace'],
    macKeys: ['Backspace', 'Delete'],
    places: ['adapters'],
  },
  // Letters lead to names there.
  'specialization.restore': { section: 'specializations', places: ['adapterTrash'] },
  'specialization.purge': {
    section: 'specializations',
    keys: ['Delete', 'Backspace'],
    macKeys: ['Backspace', 'Delete'],
    places: ['adapterTrash'],
  },

  'help.open': { section: 'help', menu: 'Help', keys: ['F1'] },
  'help.shortcuts': { section: 'help', menu: 'Help', keys: ['?'] },
  'help.tour': { section: 'help', menu: 'Help' },
  'help.diagnostics': { section: 'help', menu: 'Help' },
  'help.libraryFolder': { section: 'help', menu: 'Help' },
  'help.logs': { section: 'help', menu: 'Help' },

  'app.settings': { section: 'loci', menu: 'App', keys: ['CommandOrControl+,'] },
  'app.newWindow': { section: 'loci', menu: 'File', keys: ['CommandOrControl+Shift+N'] },
  'app.quit': { section: 'loci', menu: 'App', keys: ['CommandOrControl+Q'] },
} as const satisfies Readonly<Record<string, Command>>;

export type CommandId = keyof typeof table;

export const commands: Readonly<Record<CommandId, Command>> = table;

const ids: ReadonlySet<string> = new Set(Object.keys(table));
export const isCommandId = (text: string): text is CommandId => ids.has(text);
// The keys of an object of this file are what its type says.
export const commandIds: readonly CommandId[] = Object.keys(table).filter(isCommandId);

export const placesOf = (id: CommandId): readonly CommandPlace[] => commands[id].places ?? ['anywhere'];

/** Keys that are what they are on every computer, or belong to a control: nothing else can have them where they count. */
export interface FixedKeys {
  readonly name: keyof Texts['commands']['fixed'];
  readonly keys: readonly string[];
  readonly places: readonly CommandPlace[];
}

export const fixedKeys: readonly FixedKeys[] = [
  {
    name: 'move',
    keys: ['Up', 'Down', 'PageUp', 'PageDown', 'J', 'K'],
    places: lists,
  },
  { name: 'moveAcross', keys: ['Left', 'Right'], places: ['adapters', 'adapterTrash'] },
  { name: 'ends', keys: ['Home', 'End'], places: lists },
  { name: 'selectSeveral', keys: ['Shift+Up', 'Shift+Down'], places: lists },
  { name: 'selectAll', keys: ['CommandOrControl+A'], places: lists },
  { name: 'selectOne', keys: ['CommandOrControl+Space'], places: lists },
  { name: 'open', keys: ['Enter'], places: [...lists, 'memory'] },
  { name: 'why', keys: ['Space'], places: lists },
  { name: 'back', keys: ['Esc'], places: ['anywhere'] },
  { name: 'keep', keys: ['CommandOrControl+Enter'], places: ['anywhere'] },
  { name: 'next', keys: ['Tab', 'Shift+Tab'], places: ['anywhere'] },
];
