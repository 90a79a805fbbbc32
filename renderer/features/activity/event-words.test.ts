import { expect, test } from 'vitest';
import { auditActions, auditSubjects, type AuditAction } from '../../../shared/schemas/audit.ts';
import { textsIn } from '../../../shared/texts/index.ts';
import { sentenceOf, subjects } from './event-words.ts';

const said = (action: AuditAction, entity: string, fields: string[] = [], count = 1) =>
  sentenceOf({ actor: 'person', action, entity, fields }, { count });
const saidByApp = (action: AuditAction, entity: string, fields: string[] = [], count = 1) =>
  sentenceOf({ actor: 'app', action, entity, fields }, { count });

test('deeds are told as one would tell them', () => {
  expect([
    said('created', 'memory'),
    said('created', 'session'),
    said('created', 'tag', [], 3),
    said('trashed', 'memory', ['deleted_at'], 1200),
    said('restored', 'memory'),
    said('restored', 'tag'),
    said('deleted', 'document'),
    said('deleted', 'app_user'),
    said('imported', 'document'),
    said('exported', 'library'),
    said('restored', 'library'),
    saidByApp('created', 'app_user'),
    saidByApp('purged', 'memory', [], 12),
    saidByApp('changed', 'session', ['ended_at']),
  ]).toEqual([
    'You created a memory',
    'You started a session',
    'You created 3 tags',
    'You moved 1,200 memories to the trash',
    'You took a memory back out of the trash',
    'You brought back a tag',
    'You deleted a document',
    'You removed a person and all that was theirs',
    'You imported a document',
    'You exported the library',
    'You restored the library from a copy',
    'Loci began this library',
    'Loci removed 12 memories from the trash for good',
    'Loci ended a session',
  ]);
});

test('a change says what was changed', () => {
  expect([
    said('changed', 'memory', ['content']),
    said('changed', 'memory', ['title', 'content', 'tags'], 2),
    said('changed', 'memory', ['pinned']),
    said('changed', 'memory', ['session_id'], 5),
    said('changed', 'session', ['title']),
    said('changed', 'session', ['expires_at', 'ended_at']),
    said('changed', 'specialization', ['memories']),
    said('changed', 'setting', ['trash.keepDays']),
    said('changed', 'app_user', ['name']),
  ]).toEqual([
    'You changed the text of a memory',
    'You changed the title, text and tags of 2 memories',
    'You pinned or unpinned a memory',
    'You moved 5 memories to another session, or out of one',
    'You renamed a session',
    'You reopened a session',
    'You changed which memories belong to a specialization',
    'You changed how long the trash is kept',
    'You changed the name of this person',
  ]);
});

test('what this version does not know is told all the same, without a technical name', () => {
  expect(said('changed', 'memory', ['a_new_column'])).toBe('You changed a memory');
  expect(said('changed', 'setting', ['new.setting'], 2)).toBe('You changed 2 settings');
  expect(said('deleted', 'a_new_table')).toBe('You deleted something unknown');
});

test('there is a sentence for every deed on every kind of thing, and every kind can be looked for', () => {
  for (const subject of auditSubjects) {
    for (const action of auditActions) {
      expect(said(action, subject, [], 2)).toMatch(/^You \w/);
      expect(said(action, subject)).not.toMatch(/undefined|_/);
    }
  }
  expect(subjects.toSorted()).toEqual([...auditSubjects].toSorted());
});

test('a number that may be larger says so', () => {
  expect(textsIn.en.activity.amount('memory', 10_000, true)).toBe('10,000 memories or more');
});
