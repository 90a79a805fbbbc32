/** What stands for a title where there is none: the first line that says something, without the signs of Markdown. */
export function firstLineOf(content: string): string {
  const line = /\S.*/u.exec(content.slice(0, 2000))?.[0] ?? '';
  return line
    .replace(/^(?:#{1,6}|>|[-*+]|\d+[.)])\s+/, '')
    .replace(/^\[[ xX]\]\s+/, '')
    .replaceAll(/[*_`]{1,3}(\S(?:.*?\S)?)[*_`]{1,3}/g, '$1')
    .trim()
    .slice(0, 120);
}
