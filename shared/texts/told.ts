import { languageNow, speak } from './index.ts';
import { languages, type Language } from './language.ts';

/** A sentence in every language there is; a text is what was said in one of them, long ago or by a file. */
export type Told = string | Partial<Readonly<Record<Language, string>>>;

/** What is said by `textsNow()`, in every language: for what is kept longer than one is spoken. */
export function toldBy(say: () => string): Told {
  const before = languageNow();
  try {
    return Object.fromEntries(
      languages.map((language) => {
        // Nothing else can be said meanwhile: `say` does not wait for anything.
        speak(language);
        return [language, say()];
      }),
    );
  } finally {
    speak(before);
  }
}

/** In the language of now: in a component that uses `useTexts`. */
export const inWords = (sentence: Told): string =>
  typeof sentence === 'string' ? sentence : (sentence[languageNow()] ?? sentence.en ?? '');
