/** Where words are written without gaps, each character is counted as one. */
const word =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])[\p{L}\p{N}\p{M}'’_-])+/gu;

export function countWords(text: string): number {
  let count = 0;
  for (const [found] of text.matchAll(word)) if (/[\p{L}\p{N}]/u.test(found)) count += 1;
  return count;
}
