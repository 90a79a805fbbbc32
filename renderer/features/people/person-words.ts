import { memoriesInWords } from '../../text/quantities.ts';

const letters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** What a reader takes for the first letter: an accent or a family of faces is not taken apart. */
export function initialOf(name: string): string {
  const [first] = letters.segment(name.trim());
  return first?.segment.toUpperCase() ?? '';
}

/** The deed in full, so that nobody presses it in passing. */
export function removalInWords(name: string, memories: number): string {
  return memories === 0
    ? `Remove ${name} for good`
    : `Remove ${name} and ${memoriesInWords(memories)} for good`;
}

/** As main compares it: the name as it is shown, to the letter. Spaces around it are no letter of it. */
export function isConfirmed(typed: string, name: string): boolean {
  return typed.trim().normalize('NFC') === name;
}
