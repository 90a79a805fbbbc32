/** The words around dates and numbers are English for now. */
const language = 'en-GB';

/**
 * Made when it is first used, and kept: making one takes as long as a hundred uses. Made anew when the person's clock
 * was set to another zone meanwhile.
 */
export function dateFormat(options: Intl.DateTimeFormatOptions): (date: Date) => string {
  const format = forZone(() => new Intl.DateTimeFormat(language, options));
  return (date) => format().format(date);
}

/** Of a time from one day to another, what both have in common said once. */
export function dateRangeFormat(options: Intl.DateTimeFormatOptions): (from: Date, to: Date) => string {
  const format = forZone(() => new Intl.DateTimeFormat(language, options));
  return (from, to) => format().formatRange(from, to);
}

/** The person's own: "Europe/Vienna". */
export const timeZone = forZone(() => new Intl.DateTimeFormat().resolvedOptions().timeZone);

function forZone<T>(make: () => T): () => T {
  let made: { readonly value: T; readonly offset: number } | undefined;
  return () => {
    const offset = new Date().getTimezoneOffset();
    if (made?.offset !== offset) made = { value: make(), offset };
    return made.value;
  };
}

/** The same for numbers. */
export function numberFormat(options: Intl.NumberFormatOptions = {}): (value: number) => string {
  let made: Intl.NumberFormat | undefined;
  return (value) => {
    made ??= new Intl.NumberFormat(language, options);
    return made.format(value);
  };
}
