import { expect, test } from 'vitest';
import { textsIn } from '../texts/index.ts';
import { operatorGuides } from './operators.ts';
import { parseQuery } from './parse-query.ts';
import { emptyQuery } from './search-query.ts';

test.each(Object.entries(operatorGuides))('the examples shown for %s: are understood', (name, guide) => {
  const written = Object.values(textsIn).flatMap((texts) => [
    guide.example(texts),
    ...guide.values(texts).map((value) => `${name}:"${value}"`),
  ]);
  for (const text of written) {
    const { query, problems } = parseQuery(text, { now: new Date('2026-11-21T12:00:00Z'), caret: null });
    expect(problems, text).toEqual([]);
    // A filter, and not words that look like one.
    expect(query.text, text).toEqual([]);
    expect(query, text).not.toEqual(emptyQuery());
  }
});
