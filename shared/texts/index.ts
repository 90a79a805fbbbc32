import { de } from './de/index.ts';
import { en } from './en/index.ts';
import type { Language } from './language.ts';
import type { TextsOf } from './texts-of.ts';

/** Everything Loci says, in one language. */
export type Texts = TextsOf<typeof en>;

export const textsIn: Readonly<Record<Language, Texts>> = { en, de };

let language: Language = 'en';

/** The one that is spoken now, in this process. The page's components are told of a change by `useTexts`. */
export const languageNow = (): Language => language;
export const textsNow = (): Texts => textsIn[language];

/** From now on; for the one place of each process that knows what was chosen. */
export function speak(next: Language): void {
  language = next;
}
