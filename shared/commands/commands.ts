/** Where the keys of a command count: everywhere, or while one is in that part of the window. */
export const commandPlaces = ['anywhere', 'list', 'trash', 'memory', 'pair'] as const;
export type CommandPlace = (typeof commandPlaces)[number];

export const sections = [
  'Memories',
  'Sessions',
  'Search',
  'Go to',
  'View',
  'Look-alikes',
  'Help',
  'Loci',
] as const;
export type Section = (typeof sections)[number];

/** Of the menu bar. What is about the app itself stands under its name on a Mac, and under File elsewhere. */
export const menuNames = ['App', 'File', 'Edit', 'Memory', 'Go', 'View', 'Help'] as const;
export type MenuName = (typeof menuNames)[number];

/** Something that can be done, whatever one does it by: a key, a menu, the list of commands. */
export interface Command {
  readonly words: string;
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

/**
 * Everything that can be done, once. The list of commands, the menus, the keys, the list of keys and its settings are
 * all made of this, so that none of them can say something else than the others.
 */
const table = {
  'memory.new': { words: 'New memory', section: 'Memories', menu: 'File', keys: ['CommandOrControl+N'] },
  'capture.open': {
    words: 'New memory over other programs',
    section: 'Memories',
    menu: 'File',
    isGlobal: true,
  },
  'memory.edit': { words: 'Edit', section: 'Memories', menu: 'Memory', keys: ['E'], places: chosen },
  'memory.tag': { words: 'Tag…', section: 'Memories', menu: 'Memory', keys: ['T'], places: chosen },
  'memory.pin': { words: 'Pin or unpin', section: 'Memories', menu: 'Memory', keys: ['P'], places: chosen },
  'memory.important': { words: 'Importance: high', section: 'Memories', menu: 'Memory', places: ['list'] },
  'memory.usual': { words: 'Importance: normal', section: 'Memories', menu: 'Memory', places: ['list'] },
  'memory.minor': { words: 'Importance: low', section: 'Memories', menu: 'Memory', places: ['list'] },
  'memory.move': {
    words: 'Move to session…',
    section: 'Memories',
    menu: 'Memory',
    keys: ['S'],
    places: ['list'],
  },
  'memory.link': {
    words: 'Link to a specialization…',
    section: 'Memories',
    menu: 'Memory',
    keys: ['L'],
    places: ['list'],
  },
  'memory.history': {
    words: 'Show or leave the history',
    section: 'Memories',
    menu: 'Memory',
    keys: ['H'],
    places: ['memory'],
  },
  'memory.copy': {
    words: 'Copy the text',
    section: 'Memories',
    menu: 'Memory',
    keys: ['C'],
    places: ['memory'],
  },
  'memory.trash': {
    words: 'Move to trash',
    section: 'Memories',
    menu: 'Memory',
    keys: ['Delete', 'Backspace'],
    macKeys: ['Backspace', 'Delete'],
    places: chosen,
  },
  'memory.restore': {
    words: 'Restore from the trash',
    section: 'Memories',
    menu: 'Memory',
    keys: ['R'],
    places: ['trash'],
  },
  'memory.purge': {
    words: 'Delete for good…',
    section: 'Memories',
    menu: 'Memory',
    keys: ['Delete', 'Backspace'],
    macKeys: ['Backspace', 'Delete'],
    places: ['trash'],
  },
  'edit.undo': {
    words: 'Undo',
    section: 'Memories',
    menu: 'Edit',
    keys: ['CommandOrControl+Z'],
    yieldsToText: true,
  },

  'session.start': { words: 'Start a session…', section: 'Sessions', menu: 'File' },
  'session.end': { words: 'End the current session', section: 'Sessions', menu: 'File' },

  'search.go': { words: 'Search', section: 'Search', menu: 'Edit', keys: ['CommandOrControl+K', '/'] },
  'reading.pause': { words: 'Pause or resume reading memories', section: 'Search' },

  'go.memories': { words: 'All memories', section: 'Go to', menu: 'Go', keys: ['CommandOrControl+1'] },
  'go.pinned': { words: 'Pinned', section: 'Go to', menu: 'Go', keys: ['CommandOrControl+2'] },
  'go.untagged': { words: 'Without a tag', section: 'Go to', menu: 'Go' },
  'go.sessions': { words: 'All sessions', section: 'Go to', menu: 'Go' },
  'go.tags': { words: 'All tags', section: 'Go to', menu: 'Go' },
  'go.duplicates': { words: 'Look-alikes', section: 'Go to', menu: 'Go' },
  'go.specializations': { words: 'Specializations', section: 'Go to', menu: 'Go' },
  'go.trash': { words: 'Trash', section: 'Go to', menu: 'Go' },
  'go.activity': { words: 'History of changes', section: 'Go to', menu: 'Go' },
  'go.status': { words: 'Status', section: 'Go to', menu: 'Go' },
  'go.people': { words: 'People', section: 'Go to', menu: 'Go' },
  'go.back': {
    words: 'Back',
    section: 'Go to',
    menu: 'Go',
    keys: ['Alt+Left'],
    macKeys: ['CommandOrControl+['],
  },
  'go.forward': {
    words: 'Forward',
    section: 'Go to',
    menu: 'Go',
    keys: ['Alt+Right'],
    macKeys: ['CommandOrControl+]'],
  },
  'go.nextPane': { words: 'Next part of the window', section: 'Go to', keys: ['F6'] },
  'go.previousPane': { words: 'Previous part of the window', section: 'Go to', keys: ['Shift+F6'] },

  'app.commands': {
    words: 'Show all commands',
    section: 'View',
    menu: 'View',
    keys: ['CommandOrControl+Shift+P'],
  },
  'app.jobs': { words: 'Show what is going on', section: 'View', menu: 'View', keys: ['CommandOrControl+J'] },
  'view.systemTheme': { words: 'Theme of the system', section: 'View' },
  'view.lightTheme': { words: 'Light theme', section: 'View' },
  'view.darkTheme': { words: 'Dark theme', section: 'View' },
  'view.comfortable': { words: 'Comfortable rows', section: 'View' },
  'view.compact': { words: 'Compact rows', section: 'View' },
  'view.newest': { words: 'Newest first', section: 'View' },
  'view.oldest': { words: 'Oldest first', section: 'View' },
  'view.timeline': { words: 'Show or hide the timeline', section: 'View', menu: 'View' },
  'view.larger': {
    words: 'Larger',
    section: 'View',
    menu: 'View',
    keys: ['CommandOrControl+Plus', 'CommandOrControl+='],
  },
  'view.smaller': { words: 'Smaller', section: 'View', menu: 'View', keys: ['CommandOrControl+-'] },
  'view.usualSize': { words: 'Usual size', section: 'View', menu: 'View', keys: ['CommandOrControl+0'] },
  'view.fullScreen': {
    words: 'Full screen',
    section: 'View',
    menu: 'View',
    keys: ['F11'],
    macKeys: ['Control+CommandOrControl+F'],
  },

  'pair.next': { words: 'Next pair', section: 'Look-alikes', keys: ['J', 'Right'], places: ['pair'] },
  'pair.previous': { words: 'Previous pair', section: 'Look-alikes', keys: ['K', 'Left'], places: ['pair'] },
  'pair.keepFirst': { words: 'Keep the first', section: 'Look-alikes', keys: ['1'], places: ['pair'] },
  'pair.keepSecond': { words: 'Keep the second', section: 'Look-alikes', keys: ['2'], places: ['pair'] },
  'pair.keepOneOfAll': {
    words: 'Keep one of all copies',
    section: 'Look-alikes',
    keys: ['A'],
    places: ['pair'],
  },
  'pair.merge': { words: 'Merge by hand…', section: 'Look-alikes', keys: ['M'], places: ['pair'] },
  'pair.apart': { words: 'These are different', section: 'Look-alikes', keys: ['D'], places: ['pair'] },

  'help.open': { words: 'Help', section: 'Help', menu: 'Help', keys: ['F1'] },
  'help.shortcuts': { words: 'Keyboard shortcuts', section: 'Help', menu: 'Help', keys: ['?'] },
  'help.tour': { words: 'Take the tour', section: 'Help', menu: 'Help' },
  'help.diagnostics': { words: 'Copy diagnostics', section: 'Help', menu: 'Help' },
  'help.libraryFolder': { words: 'Show library folder', section: 'Help', menu: 'Help' },
  'help.logs': { words: 'Show log files', section: 'Help', menu: 'Help' },

  'app.settings': { words: 'Settings…', section: 'Loci', menu: 'App', keys: ['CommandOrControl+,'] },
  'app.newWindow': { words: 'New window', section: 'Loci', menu: 'File', keys: ['CommandOrControl+Shift+N'] },
  'app.quit': { words: 'Quit Loci', section: 'Loci', menu: 'App', keys: ['CommandOrControl+Q'] },
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
  readonly words: string;
  readonly keys: readonly string[];
  readonly places: readonly CommandPlace[];
}

export const fixedKeys: readonly FixedKeys[] = [
  {
    words: 'Move through a list',
    keys: ['Up', 'Down', 'PageUp', 'PageDown', 'J', 'K'],
    places: ['list', 'trash'],
  },
  { words: 'First and last', keys: ['Home', 'End'], places: ['list', 'trash'] },
  { words: 'Select several', keys: ['Shift+Up', 'Shift+Down'], places: ['list', 'trash'] },
  { words: 'Select all', keys: ['CommandOrControl+A'], places: ['list', 'trash'] },
  { words: 'Select one more, or one less', keys: ['CommandOrControl+Space'], places: ['list', 'trash'] },
  { words: 'Open', keys: ['Enter'], places: ['list', 'trash', 'memory'] },
  { words: 'Why a search found it', keys: ['Space'], places: ['list', 'trash'] },
  { words: 'One step back', keys: ['Esc'], places: ['anywhere'] },
  { words: 'Keep a new memory, merge', keys: ['CommandOrControl+Enter'], places: ['anywhere'] },
  { words: 'Next and previous control', keys: ['Tab', 'Shift+Tab'], places: ['anywhere'] },
];
