import type { OpenLibrary } from './library.ts';
import type { RecentMemory } from './tray.ts';

const most = 5;

/** Those of the latest times, by their title or their first line. */
export async function recentMemories({ handlers, inContext }: OpenLibrary): Promise<readonly RecentMemory[]> {
  const { memories } = await inContext(() => handlers.memories.list({ limit: most }));
  return memories.map(({ id, title, preview }) => ({
    id,
    words: (title ?? preview).trim().split('\n', 1)[0]?.trim() ?? '',
  }));
}
