import { languageNow } from '../../shared/texts/index.ts';
import { localeOf } from '../../shared/texts/language.ts';

/**
 * Made when it is first used, and kept: making one takes as long as a hundred uses. Made anew when another language was
 * chosen, or the person's clock was set to another zone meanwhile.
 */
export function dateFormat(options: Intl.DateTimeFormatOptions): (date: Date) => string {
  const format = forLanguageAndZone((locale) => new Intl.DateTimeFormat(locale, options));
  return (date) => format().format(date);
}

/** Of a time from one day to another, what both have in common said once. */
export function dateRangeFormat(options: Intl.DateTimeFormatOptions): (from: Date, to: Date) => string {
  const format = forLanguageAndZone((locale) => new Intl.DateTimeFormat(locale, options));
  return (from, to) => format().formatRange(from, to);
}

/** The person's own: "Europe/Vienna". */
export const timeZone = forLanguageAndZone(() => new Intl.DateTimeFormat().resolvedOptions().timeZone);

/** The same for numbers. */
export function numberFormat(options: Intl.NumberFormatOptions = {}): (value: number) => string {
  const format = forLanguage((locale) => new Intl.NumberFormat(locale, options));
  return (value) => format().format(value);
}

/** The order in which names stand in a list: "2" before "10", accents and capitals aside. */
export const compareNames = (a: string, b: string): number => order().compare(a, b);
const order = forLanguage((locale) => new Intl.Collator(locale, { numeric: true, sensitivity: 'base' }));

/** Of whatever Intl makes for a language. */
export function forLanguage<T>(make: (locale: string) => T): () => T {
  let made: { readonly value: T; readonly locale: string } | undefined;
  return () => {
    const locale = localeOf[languageNow()];
    if (made?.locale !== locale) made = { value: make(locale), locale };
    return made.value;
  };
}

function forLanguageAndZone<T>(make: (locale: string) => T): () => T {
  let made: { readonly value: () => T; readonly offset: number } | undefined;
  return () => {
    const offset = new Date().getTimezoneOffset();
    if (made?.offset !== offset) made = { value: forLanguage(make), offset };
    return made.value();
  };
}
