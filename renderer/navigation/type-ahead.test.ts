import { expect, test } from 'vitest';
import { typeAhead } from './type-ahead.ts';

const names = ['Bees', 'Élan', 'Garden', 'Garlic', 'Golf', 'Zürich trip'];

/** Types letters one after the other, each at its time, and answers with where that led. */
function type(letters: string, { everyMs = 100, from = -1 } = {}): string[] {
  let nowMs = 0;
  let at = from;
  const find = typeAhead({ now: () => nowMs });
  return letters.split('').map((key) => {
    nowMs += everyMs;
    at = find({ key, ctrlKey: false, metaKey: false, altKey: false }, names, at) ?? at;
    return names[at] ?? '';
  });
}

test('letters lead to the next name that begins with them', () => {
  expect(type('garl')).toEqual(['Garden', 'Garden', 'Garden', 'Garlic']);
  expect(type('go')).toEqual(['Garden', 'Golf']);
});

test('the same letter goes through all that begin with it, and round', () => {
  expect(type('gggg')).toEqual(['Garden', 'Garlic', 'Golf', 'Garden']);
});

test('after a pause another name begins', () => {
  expect(type('gb', { everyMs: 1000 })).toEqual(['Garden', 'Bees']);
});

test('accents and capitals need not be typed, and a blank is part of a name', () => {
  expect(type('e')).toEqual(['Élan']);
  expect(type('zurich t').at(-1)).toBe('Zürich trip');
});

test('what no name begins with leads nowhere', () => {
  expect(type('x', { from: 2 })).toEqual(['Garden']);
});

test('a letter with another meaning begins no name, and is a part of one', () => {
  const find = typeAhead({ reserved: 'jk', now: () => 0 });
  const none = { ctrlKey: false, metaKey: false, altKey: false };
  const kept = ['Bees', 'Kale', 'Bkl'];
  expect(find({ key: 'k', ...none }, kept, 0)).toBe(undefined);
  find({ key: 'b', ...none }, kept, 0);
  expect(find({ key: 'k', ...none }, kept, 0)).toBe(2);
});

test('what presses, moves or commands is no letter of a name', () => {
  const find = typeAhead();
  const none = { ctrlKey: false, metaKey: false, altKey: false };
  for (const key of [' ', 'Enter', 'ArrowDown', '?', '/'])
    expect(find({ key, ...none }, names, 0)).toBe(undefined);
  expect(find({ key: 'g', ...none, ctrlKey: true }, names, 0)).toBe(undefined);
});
