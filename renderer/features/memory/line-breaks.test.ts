import { describe, expect, test } from 'vitest';
import { isWrapped } from './line-breaks.ts';

const licence = `The licenses for most software and other practical works are designed
to take away your freedom to share and change the works.  By contrast,
the GNU General Public License is intended to guarantee your freedom to
share and change all versions of a program.`;

describe('the lines of a paragraph', () => {
  test.each([
    ['that a program wrapped are one text', licence],
    ['that were wrapped within a quotation', licence.replaceAll(/^/gm, '> ')],
    [
      'of which one happens to end a sentence',
      'We walked along the river until noon and then took the train home.\nAfterwards there was soup with bread, and the museum of clocks, which\nwas nearly empty.',
    ],
  ])('%s', (_, paragraph) => expect(isWrapped(paragraph)).toBe(true));

  test.each([
    ['of a shopping list', 'Milk\nBread\nEggs, the large ones'],
    ['of an address', 'Ada Lovelace\n12 St James’s Square\nLondon SW1Y 4JH'],
    [
      'of a chat',
      '**Anna:** Did you ever find out why the cellar floods after rain?\n**Ben:** Yes! The gutter was blocked.\n**Anna:** So no pump needed?',
    ],
    [
      'that are whole sentences',
      'Called the plumber about the leaking tap in the bathroom today.\nHe comes on Monday.',
    ],
    [
      'that are longer than programs wrap',
      `${'A long sentence of many words. '.repeat(6)}\nAnd another one.`,
    ],
    [
      'of which one would have had room for more',
      'Plumber: 0123 456789, call in the morning before nine o’clock\nElectrician: 0987\nChimney sweep: comes by himself in May',
    ],
  ])('%s stay', (_, paragraph) => expect(isWrapped(paragraph)).toBe(false));
});
