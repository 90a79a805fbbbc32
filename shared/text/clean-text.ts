/**
 * Text as the library keeps it: one spelling for what looks the same (NFC), lines that end in `\n`,
 * and nothing Postgres cannot hold. NUL is dropped, and half of a surrogate pair becomes U+FFFD, as
 * everywhere on the web. Such text is cleaned rather than refused, because neither can be seen or
 * found by the person who pastes or imports it, and one stray byte must not cost a whole document.
 */
export function cleanText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '').replaceAll(/\r\n?/g, '\n').normalize('NFC');
}
