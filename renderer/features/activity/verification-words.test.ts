import { expect, test } from 'vitest';
import { textsIn } from '../../../shared/texts/index.ts';
import { brokenLinkInWords, differenceInWords } from './verification-words.ts';

test('what a check looked through is counted as one speaks', () => {
  const { checked } = textsIn.en.activity.check;
  expect(checked('today at 14:03', 1, 1)).toBe('Checked today at 14:03: 1 event and 1 thing they tell of.');
  expect(checked('today at 14:03', 1204, 80)).toContain('1,204 events and 80 things they tell of');
});

test('a broken link says which event, and what is the matter with it', () => {
  expect([
    brokenLinkInWords({ sequence: 1204, kind: 'changed', missing: 0 }),
    brokenLinkInWords({ sequence: 3, kind: 'moved', missing: 0 }),
    brokenLinkInWords({ sequence: 3, kind: 'missing', missing: 1 }),
    brokenLinkInWords({ sequence: 3, kind: 'missing', missing: 5 }),
  ]).toEqual([
    'Event 1,204 is not what Loci wrote. What comes after it cannot be vouched for.',
    'Event 3 does not stand where Loci wrote it. What comes after it cannot be vouched for.',
    'Event 3 is missing. What comes after it cannot be vouched for.',
    '5 events are missing, from event 3 on. What comes after them cannot be vouched for.',
  ]);
});

test('a thing that is not as it was left is called what it is', () => {
  const entityId = '0199c7a0-0000-7000-8000-000000000000';
  expect([
    differenceInWords({ entity: 'memory', entityId, what: 'changed' }),
    differenceInWords({ entity: 'saved_search', entityId, what: 'removed' }),
    differenceInWords({ entity: 'app_user', entityId, what: 'changed' }),
  ]).toEqual(['A memory was changed', 'A saved search was removed', 'This person was changed']);
});
