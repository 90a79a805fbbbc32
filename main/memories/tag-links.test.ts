import { expect, test } from 'vitest';
import { allLinks, countLeft, memoriesOf } from './tag-links.ts';

test('memories under any tag, and those of which something was left', () => {
  const links = {
    memoryIds: ['a', 'b', 'c', 'd', 'e'],
    underTags: [
      { tagId: 'red', places: '{[1,3),[5,6)}' },
      { tagId: 'blue', places: '{[2,3)}' },
    ],
  };
  expect(memoriesOf(links)).toEqual(['a', 'b', 'e']);
  expect(countLeft(links, links)).toBe(0);
  expect(countLeft(links, { underTags: [] })).toBe(3);
  expect(countLeft(links, { underTags: links.underTags.slice(0, 1) })).toBe(1);
  expect(countLeft(links, { underTags: [{ tagId: 'red', places: '{[2,3)}' }] })).toBe(3);
});

test('each under each is said in a few words, however many they are', () => {
  const memoryIds = Array.from({ length: 100_000 }, (_, index) => `${index}`);
  const links = allLinks(memoryIds, ['red', 'blue']);
  expect(links.underTags).toEqual([
    { tagId: 'red', places: '{[1,100001)}' },
    { tagId: 'blue', places: '{[1,100001)}' },
  ]);
  expect(memoriesOf(links)).toEqual(memoryIds);
  expect(memoriesOf(allLinks(memoryIds, []))).toEqual([]);
  expect(allLinks([], ['red'])).toEqual({ memoryIds: [], underTags: [{ tagId: 'red', places: '{}' }] });
});
