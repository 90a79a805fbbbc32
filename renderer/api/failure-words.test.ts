import { expect, test } from 'vitest';
import { LociFailure } from './client.ts';
import { formFailure } from './failure-words.ts';

const fields = ['name', 'email'] as const;

test('what is wrong with a field stands at that field, the first complaint alone', () => {
  const refusal = new LociFailure({
    code: 'invalid_input',
    message: 'Something in this request is not as Loci expects it.',
    details: [
      { path: 'email', message: 'This does not look like an e-mail address.' },
      { path: 'email', message: 'And it is too long.' },
    ],
  });
  expect(formFailure(refusal, fields)).toEqual({
    fields: { email: 'This does not look like an e-mail address.' },
  });
});

test('a conflict stands at the field that must be the only one of its kind', () => {
  const refusal = new LociFailure({ code: 'conflict', message: 'Somebody else has it.' });
  expect(formFailure(refusal, fields, 'email')).toEqual({ fields: { email: 'Somebody else has it.' } });
  expect(formFailure(refusal, fields)).toEqual({ fields: {}, form: 'Somebody else has it.' });
});

test('a refusal that concerns no field of the form is said below it, whatever its details are', () => {
  const elsewhere = { code: 'invalid_input', message: 'Not as expected.', details: [{ path: 'id' }, null] };
  for (const details of [elsewhere.details, 'text', undefined]) {
    const refusal = new LociFailure({ code: 'invalid_input', message: 'Not as expected.', details });
    expect(formFailure(refusal, fields, 'email')).toEqual({ fields: {}, form: 'Not as expected.' });
  }
  expect(formFailure(new Error('The disk is full.'), fields)).toEqual({
    fields: {},
    form: 'The disk is full.',
  });
});
