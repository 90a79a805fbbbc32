import { expect, test } from 'vitest';
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
