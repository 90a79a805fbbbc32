/** What Loci speaks. */
export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

export const isLanguage = (text: string): text is Language => languages.some((each) => each === text);

/** What dates, numbers, lists and the order of names follow. */
export const localeOf: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-DE' };

export const languageSettings = ['system', ...languages] as const;
export type LanguageSetting = (typeof languageSettings)[number];

/** The first of the system's that Loci speaks: "de-AT" is German. */
export function languageOf(setting: LanguageSetting, preferred: readonly string[]): Language {
  if (setting !== 'system') return setting;
  const known = preferred.map((tag) => tag.split(/[-_]/)[0]?.toLowerCase() ?? '').find(isLanguage);
  return known ?? 'en';
}
