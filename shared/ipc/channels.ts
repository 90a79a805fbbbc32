import type { Contract } from './contract.ts';
import type { EventName } from './events.ts';

/**
 * The names alone: the preload needs to know what may pass, not what it looks like, and stays
 * a third of a kilobyte instead of carrying every schema. `satisfies` keeps it complete.
 */
export const channels = {
  app: [
    'status',
    'language',
    'report',
    'openLogs',
    'openLibraryFolder',
    'retry',
    'openLink',
    'forgetLinkHost',
    'act',
    'takeCommand',
    'moveLibrary',
    'licences',
    'update',
    'checkForUpdate',
    'installUpdate',
    'unsaved',
  ],
  audit: ['list', 'verify'],
  capture: ['opening', 'shortcut', 'open', 'hide', 'takeFiles'],
  documents: ['list', 'find', 'rename', 'delete'],
  drafts: ['list', 'keep', 'discard'],
  duplicates: ['list', 'find', 'ofText', 'keepApart'],
  embeddings: ['progress', 'pause', 'resume', 'retryFailed', 'hurry'],
  search: ['query', 'reasons', 'explain', 'related', 'relatedReasons'],
  models: ['list', 'preparations', 'shipped', 'choose', 'build', 'switch', 'remove'],
  jobs: ['list', 'get', 'pause', 'resume', 'cancel', 'retry', 'forget'],
  library: ['report', 'check', 'rebuild', 'openSample', 'removeSample'],
  memories: [
    'create',
    'createMany',
    'read',
    'update',
    'list',
    'count',
    'findSame',
    'outline',
    'summaries',
    'trash',
    'restore',
    'tag',
    'untag',
    'setImportance',
    'setPinned',
    'moveToSession',
    'merge',
    'versions',
    'compare',
    'restoreVersion',
    'purge',
    'emptyTrash',
  ],
  overview: ['read'],
  savedSearches: ['list', 'create', 'change', 'reorder', 'delete'],
  sessions: ['current', 'list', 'find', 'start', 'rename', 'end', 'reopen', 'delete'],
  settings: ['get', 'set', 'damaged'],
  specializations: [
    'list',
    'outline',
    'compare',
    'find',
    'create',
    'update',
    'trash',
    'restore',
    'purge',
    'link',
    'unlink',
    'memories',
    'ofMemory',
    'chooseAdapter',
    'addAdapter',
    'addFound',
    'addedFound',
    'baseModels',
    'showBaseModels',
    'inspect',
    'locateAdapter',
    'copyAdapter',
    'checkWeights',
    'checkAdapterFiles',
    'scanFolder',
    'offerDropped',
    'scanDropped',
    'scanned',
    'search',
    'linkFound',
    'suggestMemories',
    'coverage',
    'recommend',
    'recipes',
    'saveRecipe',
    'trainingPreview',
    'exportTraining',
  ],
  tags: ['list', 'countUntagged', 'create', 'change', 'merge', 'delete'],
  undo: ['run'],
  users: ['list', 'create', 'change', 'switch', 'remove'],
} as const satisfies { readonly [F in keyof Contract]: readonly (keyof Contract[F])[] };

type Missing = {
  [F in keyof Contract]: Exclude<keyof Contract[F], (typeof channels)[F][number]>;
}[keyof Contract];
/** Does not compile when an operation of the contract has no channel here; the type names which. */
const complete: [Missing] extends [never] ? true : Missing = true;
void complete;

export const channelNames: readonly string[] = Object.entries(channels).flatMap(([feature, verbs]) =>
  verbs.map((verb) => `${feature}.${verb}`),
);

/** What may be listened to: one that is left out does not compile, or whoever listens to it would be refused. */
const events = {
  'app:status': true,
  'app:update': true,
  'app:language': true,
  'settings:changed': true,
  'duplicates:changed': true,
  'user:switched': true,
  'job:changed': true,
  'embeddings:progress': true,
  'capture:opening': true,
  'capture:files': true,
  'app:leaving': true,
  'command:run': true,
  'library:changed': true,
} as const satisfies Record<EventName, true>;
export const eventNames = Object.keys(events);

/** For the preload alone, which knows where dropped files lie; the page cannot name it. */
export const droppedChannel = 'files:dropped';
