import { expect, test } from 'vitest';
import { toldAsText, toldOf } from '../schemas/told.ts';
import { languageNow, speak, textsNow } from './index.ts';
import { inWords, toldBy } from './told.ts';

test('what was told in one language is said in the one that is spoken when it is read', () => {
  const kept = toldAsText(toldBy(() => textsNow().adapters.problem.changed));
  expect(languageNow()).toBe('en');
  expect(inWords(toldOf(kept))).toBe('Its file was changed since Loci looked at it.');
  speak('de');
  const german = inWords(toldOf(kept));
  speak('en');
  expect(german).toContain('geändert');
});

test('what was kept as a plain text is still said as it stands', () => {
  for (const text of ['The file is not there.', '{not told}', '{"a": 1}', ''])
    expect(inWords(toldOf(text))).toBe(text);
});
