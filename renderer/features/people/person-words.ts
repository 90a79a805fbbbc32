const letters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** What a reader takes for the first letter: an accent or a family of faces is not taken apart. */
export function initialOf(name: string): string {
  const [first] = letters.segment(name.trim());
  return first?.segment.toUpperCase() ?? '';
}

/** As main compares it: the name as it is shown, to the letter. Spaces around it are no letter of it. */
export function isConfirmed(typed: string, name: string): boolean {
  return typed.trim().normalize('NFC') === name;
}
