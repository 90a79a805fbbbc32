import { expect, test } from 'vitest';
import { listText } from './preview.ts';

test('a memory without a title is known by its first line', () => {
  expect(listText(null, '\n\n# The *garden*\n\nBasil wants shade.\n- mint\n- [x] thyme')).toEqual({
    heading: 'The garden',
    text: 'Basil wants shade. mint thyme',
  });
  expect(listText(null, '')).toEqual({ heading: '', text: '' });
});

test('marks of Markdown are not read out, its words are', () => {
  const text =
    '> **Bold** and `code`, see [the site](https://example.org "x").\n---\n```js\nlet x = 1;\n```\n2. two';
  expect(listText('Title', text)).toEqual({
    heading: 'Title',
    text: 'Bold and code, see the site. let x = 1; two',
  });
});

test('of a picture that is a link its words are read', () => {
  const text =
    '[![npm](https://badges.example/v.svg)](https://npm.example) [![](b.svg)](https://x.example) [a] (b)';
  expect(listText(null, text).heading).toBe('npm [a] (b)');
});

test('light emphasis is read without its marks', () => {
  expect(listText(null, 'Turn it a *quarter* to the _left_, (*now*)').heading).toBe(
    'Turn it a quarter to the left, (now)',
  );
});

test('what only looks like Markdown stays as it is', () => {
  expect(listText(null, 'snake_case_name and 5*6*7, __init__.py').heading).toContain(
    'snake_case_name and 5*6*7',
  );
  expect(listText(null, '#hashtag 2 * 3 * 4 -1 a_b_c').heading).toBe('#hashtag 2 * 3 * 4 -1 a_b_c');
});
