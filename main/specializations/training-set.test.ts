import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exampleOf, splitBySeed } from './training-set.ts';

const memory = (content: string, title: string | null = null) => ({ id: 'a', title, content });
const lineOf = (...args: Parameters<typeof exampleOf>) => {
  const example = exampleOf(...args);
  return 'line' in example ? JSON.parse(example.line) : example.leftOut;
};
const usual = { prompt: '{title}' } as const;

describe('a memory becomes', () => {
  test('a question with its answer', () => {
    expect(lineOf(memory('It is 21 days.', 'Notice period'), { ...usual, format: 'instruction' })).toEqual({
      instruction: 'Notice period',
      input: '',
      output: 'It is 21 days.',
    });
    expect(
      lineOf(memory('It is 21 days.', 'notice'), { prompt: 'What about {title}?', format: 'completion' }),
    ).toEqual({ prompt: 'What about notice?', completion: 'It is 21 days.' });
  });

  test('a text', () => {
    expect(lineOf(memory(' body\n', 'Title'), { ...usual, format: 'text' })).toEqual({
      text: 'Title\n\nbody',
    });
  });

  test('one whose first line is its title, where it has no other', () => {
    expect(lineOf(memory('# Notice\n\nIt is 21 days.'), { ...usual, format: 'completion' })).toEqual({
      prompt: 'Notice',
      completion: 'It is 21 days.',
    });
  });

  test('nothing where there is nothing to ask or to answer', () => {
    expect(lineOf(memory('one line'), { ...usual, format: 'instruction' })).toBe('no-prompt');
    expect(lineOf(memory('  ', 'Title'), { ...usual, format: 'instruction' })).toBe('empty');
    expect(lineOf(memory('', null), { ...usual, format: 'text' })).toBe('empty');
    expect(lineOf(memory('one line'), { prompt: 'Go on:', format: 'instruction' })).toMatchObject({
      instruction: 'Go on:',
    });
  });

  test('what is not taken for a pattern, whatever its title is', () => {
    expect(lineOf(memory('x', "$& $' $1"), { ...usual, format: 'completion' })).toMatchObject({
      prompt: "$& $' $1",
    });
  });
});

test('memories that say the same but for spaces and capitals have the same key', () => {
  const key = (content: string) => {
    const example = exampleOf(memory(content, 't'), { ...usual, format: 'completion' });
    return 'key' in example ? example.key : undefined;
  };
  expect(key('The  Lease\nends')).toBe(key('the lease ends '));
  expect(key('the lease ended')).not.toBe(key('the lease ends'));
});

test('each line is one line, whatever was written', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', minLength: 1 }),
      fc.string({ unit: 'binary' }),
      (title, content) => {
        const example = exampleOf(memory(content, title), { ...usual, format: 'instruction' });
        if ('line' in example) expect(example.line).not.toMatch(/[\r\n]/);
      },
    ),
  );
});

describe('the split', () => {
  const ids = Array.from({ length: 50 }, (_, i) => `memory ${i}`);
  const validation = (seed: number, of: readonly string[] = ids) =>
    [...splitBySeed(of, { validationPercent: 20, seed })].flatMap(([id, part]) =>
      part === 'validation' ? id : [],
    );

  test('keeps the share that was asked for, and the same ones for the same seed', () => {
    expect(validation(1)).toHaveLength(10);
    expect(validation(1, ids.toReversed()).toSorted()).toEqual(validation(1).toSorted());
    expect(validation(2).toSorted()).not.toEqual(validation(1).toSorted());
  });

  test('moves hardly any when memories are added', () => {
    const more = validation(1, [...ids, 'memory 50', 'memory 51']);
    expect(validation(1).filter((id) => !more.includes(id)).length).toBeLessThanOrEqual(2);
  });

  test('keeps none apart where none was asked for', () => {
    expect([...splitBySeed(ids, { validationPercent: 0, seed: 1 }).values()]).not.toContain('validation');
  });
});
