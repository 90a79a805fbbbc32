import { z } from 'zod';
import { textsNow } from '../texts/index.ts';

/** Control characters, halves of characters, and what is invisible or turns the direction of the text around it. */
const unprintable = /[\p{Cc}\p{Cs}\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;
/** Some that are called letters or symbols show nothing either, and a mark needs something to stand on. */
const visible = /[^\p{Z}\p{Cc}\p{Cf}\p{Cs}\p{M}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** Whether there is anything in it that a person could see. */
export function isVisible(text: string): boolean {
  return visible.test(text);
}

/** One line in one written form, so that two names that look the same are the same. */
export function cleanName(text: string): string {
  return text
    .replaceAll(/\s/gu, ' ')
    .replaceAll(unprintable, '')
    .replaceAll(/ {2,}/g, ' ')
    .trim()
    .normalize('NFC');
}

/** What a person calls something; cleaned before it is measured. */
export function name(maxLength: number) {
  return z
    .string()
    .max(maxLength * 4)
    .transform(cleanName)
    .pipe(
      z
        .string()
        .max(maxLength)
        .refine(isVisible, { error: () => textsNow().failures.visible }),
    );
}
