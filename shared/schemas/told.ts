import { z } from 'zod';
import { languages } from '../texts/language.ts';
import type { Told } from '../texts/told.ts';

/** A sentence that outlives the language it was made in; a text alone was kept before there were several. */
export const told = z.union([z.string(), z.partialRecord(z.enum(languages), z.string())]);

/** As it is kept where there is room for a text only. */
export const toldAsText = (sentence: Told): string =>
  typeof sentence === 'string' ? sentence : JSON.stringify(sentence);

export function toldOf(text: string): Told {
  if (!text.startsWith('{"')) return text;
  try {
    return told.parse(JSON.parse(text));
  } catch {
    return text;
  }
}
