/** Where words are written without gaps, each character is counted as one. */
const word =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])[\p{L}\p{N}\p{M}'’_-])+/gu;

/** Above this the exact count would be felt while typing; gaps are counted instead. */
export const countedExactly = 100_000;

export function countWords(text: string): number {
  if (text.length > countedExactly) return countGaps(text);
  let count = 0;
  for (const [found] of text.matchAll(word)) if (/[\p{L}\p{N}]/u.test(found)) count += 1;
  return count;
}

function countGaps(text: string): number {
  let words = 0;
  let isWord = false;
  for (let at = 0; at < text.length; at++) {
    // Space, and all that comes before it.
    const isGap = text.charCodeAt(at) <= 32;
    if (isWord && isGap) words += 1;
    isWord = !isGap;
  }
  return isWord ? words + 1 : words;
}
