import type { AuditSubject } from '../../schemas/audit.ts';
import { count, list, plural } from './quantities.ts';

/** What the events of a library are about. */
type Subject = AuditSubject;

const names: Readonly<Record<Subject, readonly [one: string, many: string]>> = {
  memory: ['a memory', 'memories'],
  session: ['a session', 'sessions'],
  tag: ['a tag', 'tags'],
  document: ['a document', 'documents'],
  specialization: ['a specialization', 'specializations'],
  saved_search: ['a saved search', 'saved searches'],
  setting: ['a setting', 'settings'],
  app_user: ['a person', 'people'],
  library: ['the library', 'the library'],
};

/** "a memory", "3 memories", "10,000 memories or more" */
function amount(subject: Subject, things: number, orMore: boolean): string {
  const [one, many] = names[subject];
  if (subject === 'library') return one;
  if (orMore) return `${count(things)} ${many} or more`;
  return things <= 1 ? one : `${count(things)} ${many}`;
}

const upTo = (sequence: number): string => `Event ${count(sequence)}`;

export const activity = {
  title: 'Activity',
  show: 'Show',
  everything: 'Everything',
  kinds: {
    memory: 'Memories',
    session: 'Sessions',
    tag: 'Tags',
    document: 'Documents',
    specialization: 'Specializations',
    saved_search: 'Saved searches',
    setting: 'Settings',
    app_user: 'People',
    library: 'The library as a whole',
  } satisfies Readonly<Record<Subject, string>>,
  nothingYet: 'Whatever is created, changed or removed in this library will be listed here.',
  nothingOf: (subject: Subject) => `Nothing was done with ${amount(subject, 0, false)} yet.`,
  showEverything: 'Show everything',
  unreadable: 'The activity could not be read',
  nothingOlder: 'There is nothing older.',
  earlier: 'Show earlier activity',
  reading: 'Reading the activity',
  amount,
  event: (events: number) => plural(events, { one: 'Event', other: 'Events' }),
  sequence: (sequence: number) => `${count(sequence)} of this library`,
  sequences: (first: number, last: number) => `${count(first)} to ${count(last)} of this library`,
  when: 'When',
  notedAs: 'Noted as',
  which: 'Which',
  andOthers: (others: number) => `and ${count(others)} others`,
  andOthersOrMore: (others: number) => `and ${count(others)} or more others`,
  check: {
    label: 'Check',
    check: 'Check',
    again: 'Check again',
    checking: 'Checking',
    question: 'Is everything as it was left?',
    questionText:
      'Loci seals each event below together with the one before it. A check finds what was changed without Loci.',
    checked: (moment: string, events: number, things: number) =>
      `Checked ${moment}: ${plural(events, { one: '1 event', other: `${count(events)} events` })} and ${plural(things, { one: '1 thing', other: `${count(things)} things` })} they tell of.`,
    intact: 'Everything is as it was left',
    altered: 'Something was changed without Loci',
    stopped: 'The check was stopped',
    stoppedText: 'It had not come to an end, so it says nothing.',
    interrupted: 'The check was interrupted',
    interruptedText: 'Loci was closed before it came to an end.',
    failed: 'The check could not be finished',
    unreadable: 'What came of the last check cannot be read',
    unreadableText: 'Check again to know.',
    going: 'Going through all events and what they tell of.',
    progress: (done: number, total: number) => `${count(done)} of ${count(total)} events and things`,
    list: 'Changed without Loci',
    more: (findings: number) => `And ${count(findings)} more.`,
    advice:
      'If another program was used on the database, this is what it did. If not, somebody else may have been at this computer. Loci changed nothing back and deleted nothing. Make a copy of the library folder before you go on.',
    neverNoted: 'Loci never noted it.',
    lastNoted: (moment: string, sentence: string) => `Loci last noted it ${moment}: ${sentence}.`,
    nowSays: (sentence: string, moment: string) => `It now says: ${sentence}, ${moment}.`,
    eventChanged: (sequence: number) =>
      `${upTo(sequence)} is not what Loci wrote. What comes after it cannot be vouched for.`,
    eventMoved: (sequence: number) =>
      `${upTo(sequence)} does not stand where Loci wrote it. What comes after it cannot be vouched for.`,
    eventMissing: (sequence: number) =>
      `${upTo(sequence)} is missing. What comes after it cannot be vouched for.`,
    eventsMissing: (missing: number, sequence: number) =>
      `${count(missing)} events are missing, from event ${count(sequence)} on. What comes after them cannot be vouched for.`,
    wasAdded: (subject: Subject) => `${capital(thing(subject))} was added`,
    wasChanged: (subject: Subject) => `${capital(thing(subject))} was changed`,
    wasRemoved: (subject: Subject) => `${capital(thing(subject))} was removed`,
  },
  /** What one deed was: by whom, and what to. */
  sentences: {
    person: (deed: string) => `You ${deed}`,
    app: (deed: string) => `Loci ${deed}`,
    unknown: (action: string) => `${action} something unknown`,
    beganLibrary: 'began this library',
    startedSession: (what: string) => `started ${what}`,
    created: (what: string) => `created ${what}`,
    trashed: (what: string) => `moved ${what} to the trash`,
    restoredLibrary: 'restored the library from a copy',
    restored: (what: string) => `took ${what} back out of the trash`,
    broughtBack: (what: string) => `brought back ${what}`,
    purged: (what: string) => `removed ${what} from the trash for good`,
    removedPerson: (what: string) => `removed ${what} and all that was theirs`,
    deleted: (what: string) => `deleted ${what}`,
    importedLibrary: 'imported into the library',
    imported: (what: string) => `imported ${what}`,
    exported: (what: string) => `exported ${what}`,
    unlocked: (what: string) => `unlocked ${what}`,
    ended: (what: string) => `ended ${what}`,
    changed: (what: string) => `changed ${what}`,
    changedFields: (fields: readonly string[], what: string) => `changed the ${list(fields)} of ${what}`,
  },
  changes: {
    'memory pinned': (what: string) => `pinned or unpinned ${what}`,
    'memory session_id': (what: string) => `moved ${what} to another session, or out of one`,
    'memory document_id': (what: string) => `changed which document ${what} came from`,
    'session title': (what: string) => `renamed ${what}`,
    'session ended_at': (what: string) => `ended or reopened ${what}`,
    'session expires_at,ended_at': (what: string) => `reopened ${what}`,
    'tag name': (what: string) => `renamed ${what}`,
    'document name': (what: string) => `renamed ${what}`,
    'specialization name': (what: string) => `renamed ${what}`,
    'specialization sha256,tensor_hash': (what: string) => `read the adapter of ${what} for its checksums`,
    'specialization status,problem': (what: string) => `noted how the file of ${what} is doing`,
    'specialization memories': (what: string) => `changed which memories belong to ${what}`,
    'saved_search name': (what: string) => `renamed ${what}`,
    'saved_search position': (what: string) => `put ${what} in another place`,
    'setting appearance.theme': (_what: string) => 'changed the theme',
    'setting appearance.language': (_what: string) => 'changed the language',
    'setting trash.keepDays': (_what: string) => 'changed how long the trash is kept',
    'setting sessions.lifetimeDays': (_what: string) =>
      'changed after how many days sessions end by themselves',
    'app_user name': (_what: string) => 'changed the name of this person',
    'app_user email': (_what: string) => 'changed the e-mail address of this person',
    'app_user name,email': (_what: string) => 'changed the name and e-mail address of this person',
  },
  fields: {
    content: 'text',
    title: 'title',
    importance: 'importance',
    tags: 'tags',
    pinned: 'pin',
    source: 'source',
    occurred_at: 'date',
    session_id: 'session',
    document_id: 'document',
    started_at: 'start',
    expires_at: 'expiry',
    ended_at: 'end',
    name: 'name',
    colour: 'colour',
    query: 'query',
    position: 'place',
    description: 'description',
    domain: 'domain',
    model_path: 'adapter',
    base_model: 'base model',
  },
};

function thing(subject: Subject): string {
  return subject === 'app_user' ? 'this person' : amount(subject, 1, false);
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
