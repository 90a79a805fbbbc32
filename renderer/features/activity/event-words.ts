import type { AuditAction, AuditEvent, AuditSubject } from '../../../shared/schemas/audit.ts';
import { formatList } from '../../text/formats.ts';
import { formatCount } from '../../text/quantities.ts';

const names: Readonly<Record<AuditSubject, readonly [one: string, many: string]>> = {
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

/** What the list can be narrowed to, in the order of how often one looks for it. */
export const kinds: readonly { readonly subject: AuditSubject; readonly label: string }[] = [
  { subject: 'memory', label: 'Memories' },
  { subject: 'session', label: 'Sessions' },
  { subject: 'tag', label: 'Tags' },
  { subject: 'document', label: 'Documents' },
  { subject: 'specialization', label: 'Specializations' },
  { subject: 'saved_search', label: 'Saved searches' },
  { subject: 'setting', label: 'Settings' },
  { subject: 'app_user', label: 'People' },
  { subject: 'library', label: 'The library as a whole' },
];

/** "You created a memory.", "Loci ended 3 sessions." */
export function sentenceOf(
  { actor, action, entity, fields }: Pick<AuditEvent, 'actor' | 'action' | 'entity' | 'fields'>,
  { count, orMore = false }: { readonly count: number; readonly orMore?: boolean },
): string {
  const who = actor === 'app' ? 'Loci' : 'You';
  const subject = subjectNamed(entity);
  // Somebody else has written that; it is shown all the same.
  if (!subject) return `${who} ${action} something unknown`;
  const what = amountOf(subject, count, orMore);
  return `${who} ${action === 'changed' ? changeOf(subject, fields, what, actor) : deedOf(action, subject, what)}`;
}

/** "a memory", "3 memories", "10,000 memories or more" */
export function amountOf(subject: AuditSubject, count: number, orMore = false): string {
  const [one, many] = names[subject];
  if (subject === 'library') return one;
  if (orMore) return `${formatCount(count)} ${many} or more`;
  return count <= 1 ? one : `${formatCount(count)} ${many}`;
}

export function subjectNamed(entity: string): AuditSubject | undefined {
  // The list beside the schema would bring all of zod into the page.
  return kinds.find(({ subject }) => subject === entity)?.subject;
}

function deedOf(action: Exclude<AuditAction, 'changed'>, subject: AuditSubject, what: string): string {
  switch (action) {
    case 'created':
      if (subject === 'app_user') return 'began this library';
      return subject === 'session' ? `started ${what}` : `created ${what}`;
    case 'trashed':
      return `moved ${what} to the trash`;
    case 'restored':
      if (subject === 'library') return 'restored the library from a copy';
      // The others have no trash: what was deleted was brought back at once, by undo.
      return hasTrash(subject) ? `took ${what} back out of the trash` : `brought back ${what}`;
    case 'purged':
      return `removed ${what} from the trash for good`;
    case 'deleted':
      return subject === 'app_user' ? `removed ${what} and all that was theirs` : `deleted ${what}`;
    case 'imported':
      return subject === 'library' ? 'imported into the library' : `imported ${what}`;
    case 'exported':
    case 'unlocked':
      return `${action} ${what}`;
  }
}

const hasTrash = (subject: AuditSubject): boolean => subject === 'memory' || subject === 'specialization';

/** What is changed alone and has a better word than "changed the … of". */
const wholeChanges: Readonly<Record<string, (what: string) => string>> = {
  'memory pinned': (what) => `pinned or unpinned ${what}`,
  'memory session_id': (what) => `moved ${what} to another session, or out of one`,
  'memory document_id': (what) => `changed which document ${what} came from`,
  'session title': (what) => `renamed ${what}`,
  'session ended_at': (what) => `ended or reopened ${what}`,
  'session expires_at,ended_at': (what) => `reopened ${what}`,
  'tag name': (what) => `renamed ${what}`,
  'document name': (what) => `renamed ${what}`,
  'specialization name': (what) => `renamed ${what}`,
  'specialization sha256,tensor_hash': (what) => `read the adapter of ${what} for its checksums`,
  'specialization status,problem': (what) => `noted how the file of ${what} is doing`,
  'specialization memories': (what) => `changed which memories belong to ${what}`,
  'saved_search name': (what) => `renamed ${what}`,
  'saved_search position': (what) => `put ${what} in another place`,
  'setting appearance.theme': () => 'changed the theme',
  'setting trash.keepDays': () => 'changed how long the trash is kept',
  'setting sessions.lifetimeDays': () => 'changed after how many days sessions end by themselves',
  'app_user name': () => 'changed the name of this person',
  'app_user email': () => 'changed the e-mail address of this person',
  'app_user name,email': () => 'changed the name and e-mail address of this person',
};

const fieldNames: Readonly<Record<string, string>> = {
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
};

function changeOf(
  subject: AuditSubject,
  fields: readonly string[],
  what: string,
  actor: AuditEvent['actor'],
): string {
  // By itself the app only ever ends them.
  if (subject === 'session' && actor === 'app') return `ended ${what}`;
  const whole = wholeChanges[`${subject} ${fields.join()}`];
  if (whole) return whole(what);
  const known = fields.map((field) => fieldNames[field]);
  if (known.length === 0 || known.includes(undefined)) return `changed ${what}`;
  return `changed the ${formatList(known.map(String))} of ${what}`;
}
