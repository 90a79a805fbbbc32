import { localeOf, type Language } from './language.ts';

/** By the names that Intl gives to what a language tells apart; `other` is for all that is not named. */
export type Plurals = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

/** What the sentences of a language are made with. */
export interface Quantities {
  /** "1,204" */
  readonly count: (value: number) => string;
  /** Of "1 memory" and "1,204 memories" the one that is right for the number. */
  readonly plural: (value: number, forms: Plurals) => string;
  /** "a, b and c" */
  readonly list: (parts: readonly string[]) => string;
  /** "a, b or c" */
  readonly either: (parts: readonly string[]) => string;
}

export function quantitiesOf(language: Language): Quantities {
  const locale = localeOf[language];
  // Made when it is first used: most of a catalogue is never shown.
  const number = once(() => new Intl.NumberFormat(locale));
  const rules = once(() => new Intl.PluralRules(locale));
  const and = once(() => new Intl.ListFormat(locale));
  const or = once(() => new Intl.ListFormat(locale, { type: 'disjunction' }));
  return {
    count: (value) => number().format(value),
    plural: (value, forms) => forms[rules().select(value)] ?? forms.other,
    list: (parts) => and().format(parts),
    either: (parts) => or().format(parts),
  };
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
