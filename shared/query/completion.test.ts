import { expect, test } from 'vitest';
import { completeQuery, completionAt } from './completion.ts';

/** The caret stands at the bar. */
function at(marked: string) {
  const caret = marked.indexOf('|');
  const text = marked.replace('|', '');
  const completion = completionAt(text, caret);
  return { text, completion };
}
function chosen(marked: string, choice: string): string {
  const { text, completion } = at(marked);
  if (!completion) throw new Error('nothing is being typed');
  const result = completeQuery(text, completion, choice);
  return `${result.text.slice(0, result.caret)}|${result.text.slice(result.caret)}`;
}

test('knows what is being typed', () => {
  expect(at('roses ta|').completion).toEqual({ kind: 'word', typed: 'ta', negated: false, from: 6, to: 8 });
  expect(at('-ta|').completion).toEqual({ kind: 'word', typed: 'ta', negated: true, from: 1, to: 3 });
  expect(at('x tag:|').completion).toEqual({
    kind: 'value',
    operator: 'tag',
    typed: '',
    negated: false,
    others: [],
    from: 6,
    to: 6,
  });
  expect(at('-tag:old,ga|,new x').completion).toEqual({
    kind: 'value',
    operator: 'tag',
    typed: 'ga',
    negated: true,
    others: ['old', 'new'],
    from: 9,
    to: 11,
  });
  expect(at('tag:| roses').completion).toMatchObject({ kind: 'value', typed: '', from: 4, to: 4 });
  expect(at('session:"Trip to R|').completion).toMatchObject({ typed: 'Trip to R', from: 8, to: 18 });
  expect(at('session:"Trip| to Rome" x').completion).toMatchObject({ typed: 'Trip', from: 8, to: 22 });
  expect(at('session:"Trip| tag:"to do"').completion).toMatchObject({ typed: 'Trip', from: 8, to: 13 });
});

test('offers nothing between words, within a phrase and behind a finished value', () => {
  for (const marked of ['|', 'roses |', 'roses | x', '"climbing ro|', 'session:"Trip"|']) {
    expect(at(marked).completion).toBeUndefined();
  }
});

test('a choice takes the place of what was typed', () => {
  expect(chosen('roses ta|', 'tag')).toBe('roses tag:|');
  expect(chosen('ta|:garden', 'tag')).toBe('tag:|garden');
  expect(chosen('tag:ga|', 'garden')).toBe('tag:garden |');
  expect(chosen('tag:ga| roses', 'to do')).toBe('tag:"to do" |roses');
  expect(chosen('tag:ga|,new', 'garden')).toBe('tag:garden|,new');
  expect(chosen('session:"Trip| to Rome" x', 'Trip to "Roma"')).toBe(
    String.raw`session:"Trip to \"Roma\"" |x`,
  );
});
