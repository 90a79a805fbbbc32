import type { AuditAction, AuditEvent, AuditSubject } from '../../../shared/schemas/audit.ts';
import { textsNow, type Texts } from '../../../shared/texts/index.ts';

/** What the list can be narrowed to, in the order of how often one looks for it. */
export const subjects: readonly AuditSubject[] = [
  'memory',
  'session',
  'tag',
  'document',
  'specialization',
  'saved_search',
  'setting',
  'app_user',
  'library',
];

/** "You created a memory", "Loci ended 3 sessions" */
export function sentenceOf(
  { actor, action, entity, fields }: Pick<AuditEvent, 'actor' | 'action' | 'entity' | 'fields'>,
  { count, orMore = false }: { readonly count: number; readonly orMore?: boolean },
): string {
  const texts = textsNow();
  const told = actor === 'app' ? texts.activity.sentences.app : texts.activity.sentences.person;
  const subject = subjectNamed(entity);
  // Somebody else has written that; it is shown all the same.
  if (!subject) return told(texts.activity.sentences.unknown(action));
  const what = texts.activity.amount(subject, count, orMore);
  return told(
    action === 'changed'
      ? changeOf(subject, fields, what, actor, texts)
      : deedOf(action, subject, what, texts),
  );
}

export function subjectNamed(entity: string): AuditSubject | undefined {
  // The list beside the schema would bring all of zod into the page.
  return subjects.find((subject) => subject === entity);
}

function deedOf(
  action: Exclude<AuditAction, 'changed'>,
  subject: AuditSubject,
  what: string,
  texts: Texts,
): string {
  switch (action) {
    case 'created':
      if (subject === 'app_user') return texts.activity.sentences.beganLibrary;
      return subject === 'session'
        ? texts.activity.sentences.startedSession(what)
        : texts.activity.sentences.created(what);
    case 'trashed':
      return texts.activity.sentences.trashed(what);
    case 'restored':
      if (subject === 'library') return texts.activity.sentences.restoredLibrary;
      // The others have no trash: what was deleted was brought back at once, by undo.
      return hasTrash(subject)
        ? texts.activity.sentences.restored(what)
        : texts.activity.sentences.broughtBack(what);
    case 'purged':
      return texts.activity.sentences.purged(what);
    case 'deleted':
      return subject === 'app_user'
        ? texts.activity.sentences.removedPerson(what)
        : texts.activity.sentences.deleted(what);
    case 'imported':
      return subject === 'library'
        ? texts.activity.sentences.importedLibrary
        : texts.activity.sentences.imported(what);
    case 'exported':
      return texts.activity.sentences.exported(what);
    case 'unlocked':
      return texts.activity.sentences.unlocked(what);
  }
}

const hasTrash = (subject: AuditSubject): boolean => subject === 'memory' || subject === 'specialization';

function changeOf(
  subject: AuditSubject,
  fields: readonly string[],
  what: string,
  actor: AuditEvent['actor'],
  texts: Texts,
): string {
  // By itself the app only ever ends them.
  if (subject === 'session' && actor === 'app') return texts.activity.sentences.ended(what);
  // What is changed alone and has a better word than "changed the … of".
  const whole: Readonly<Record<string, ((what: string) => string) | undefined>> = {
    ...texts.activity.changes,
  };
  const told = whole[`${subject} ${fields.join()}`];
  if (told) return told(what);
  const names: Readonly<Record<string, string | undefined>> = { ...texts.activity.fields };
  const known = fields.map((field) => names[field]).filter((name) => name !== undefined);
  if (known.length === 0 || known.length < fields.length) return texts.activity.sentences.changed(what);
  return texts.activity.sentences.changedFields(known, what);
}
