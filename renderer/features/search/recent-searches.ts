import { listen } from '../../api/loci.ts';
import { remembered } from '../../navigation/remembered.ts';

const most = 8;
const kept = remembered('searches', (text) => text);

/** The latest first. What was looked for by one person is nothing to the next. */
let recent: readonly string[] = read();

function read(): readonly string[] {
  try {
    const parsed: unknown = JSON.parse(kept.read() ?? '[]');
    return Array.isArray(parsed) ? parsed.filter((each) => typeof each === 'string') : [];
  } catch {
    return [];
  }
}

export const recentSearches = (): readonly string[] => recent;

/** A search that led somewhere. */
export function rememberSearch(text: string): void {
  const query = text.trim();
  if (query === '' || query.length > 200) return;
  recent = [query, ...recent.filter((each) => each !== query)].slice(0, most);
  kept.write(JSON.stringify(recent));
}

listen('user:switched', () => {
  recent = [];
  kept.write('[]');
});
