import { expect, test } from 'vitest';
import { openTestDatabase } from '../database/testing.ts';
import { addPerson } from './testing.ts';

test('of many that are kept at once in a new library the longest tells the language of those that are short', async () => {
  const { newEm } = await openTestDatabase();
  const { memories } = await addPerson(newEm);
  const long =
    'We went to the market in the morning and what we had wanted to buy there was sold out by then.';
  const ids = await memories.createMany([
    { content: 'Milk eggs candles' },
    { content: long },
    { title: 'Dentists' },
  ]);
  expect(ids).toEqual(ids.toSorted());
  const rows = await newEm().execute<{ language: string; words: string }[]>(
    'select language, words::text as words from memory_word order by memory_id',
  );
  expect(rows.map(({ language }) => language)).toEqual(['english', 'english', 'english']);
  expect(rows[0]?.words).toContain("'candl'");
});
