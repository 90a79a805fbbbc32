import { expect, test } from 'vitest';
import { textsIn } from '../../shared/texts/index.ts';
import { conflict, invalidInput, notFound, unavailable } from './loci-error.ts';

test('each failure has its code, a sentence, and what the page needs beside it', () => {
  const cause = new Error('the reason');
  expect(notFound('memory', cause)).toMatchObject({
    code: 'not_found',
    message: expect.stringContaining('memory'),
    cause,
  });
  expect(conflict('Changed in the meantime.', { title: 'now' })).toMatchObject({
    code: 'conflict',
    details: { title: 'now' },
  });
  expect(invalidInput('title', 'Too long')).toMatchObject({
    code: 'invalid_input',
    details: [{ path: 'title', message: 'Too long' }],
  });
  expect(unavailable('Not open yet.')).toMatchObject({ code: 'unavailable', details: undefined });
});

test('a failure is told in the language that is spoken, and logged in English', () => {
  const error = notFound('tag');
  expect(error.message).toBe('This tag no longer exists. It may have been deleted in the meantime.');
  expect(error.said(textsIn.de)).toBe(
    'Dieses Schlagwort gibt es nicht mehr. Vielleicht wurde es inzwischen gelöscht.',
  );
  expect(conflict('Said by somebody else.').said(textsIn.de)).toBe('Said by somebody else.');
});
