import { commandIds, commands, type CommandId } from '../../../shared/commands/commands.ts';
import type { MemorySummary } from '../../../shared/schemas/memory.ts';
import type { Session } from '../../../shared/schemas/session.ts';
import { listText } from '../../text/preview.ts';
import { fitting } from './find-commands.ts';
import { menuPlaceOf } from './menu-place.ts';

export type PaletteEntry =
  | {
      readonly kind: 'command';
      readonly key: string;
      readonly words: string;
      readonly id: CommandId;
      readonly canRun: boolean;
    }
  | {
      readonly kind: 'memory' | 'session';
      readonly key: string;
      readonly words: string;
      readonly thing: string;
    }
  | { readonly kind: 'search'; readonly key: string; readonly words: string; readonly typed: string };

export interface PaletteGroup {
  readonly label: string;
  readonly items: readonly PaletteEntry[];
}

export interface PaletteOf {
  readonly typed: string;
  readonly recent: readonly CommandId[];
  readonly memories: readonly MemorySummary[];
  readonly sessions: readonly Pick<Session, 'id' | 'title'>[];
  readonly canRun: (id: CommandId) => boolean;
}

const mostUntyped = 5;
const mostTyped = 8;

/** What the list of commands shows for what is typed: first what can be done, and of that what was done lately. */
export function paletteGroups({
  typed,
  recent,
  memories,
  sessions,
  canRun,
}: PaletteOf): readonly PaletteGroup[] {
  const isTyped = typed.trim() !== '';
  const entry = (id: CommandId): PaletteEntry => ({
    kind: 'command',
    key: id,
    words: commands[id].words,
    id,
    canRun: canRun(id),
  });
  const found = fitting(typed, commandIds, wordsOfCommand);
  const possible = found.filter(canRun);
  const lately = isTyped ? [] : recent.filter(canRun);
  const ofMemories = memories.map((memory): PaletteEntry => ({
    kind: 'memory',
    key: memory.id,
    words: listText(memory.title, memory.preview).heading,
    thing: memory.id,
  }));
  const ofSessions = sessions.map(({ id, title }): PaletteEntry => ({
    kind: 'session',
    key: id,
    words: title,
    thing: id,
  }));
  const most = isTyped ? mostTyped : mostUntyped;
  const some = (entries: readonly PaletteEntry[]) =>
    fitting(typed, entries, ({ words }) => words).slice(0, most);
  const groups: PaletteGroup[] = [
    { label: 'Done lately', items: lately.map(entry) },
    ...(isTyped ? [{ label: 'Commands', items: possible.map(entry) }] : []),
    { label: 'Recent memories', items: some(ofMemories) },
    { label: 'Sessions', items: some(ofSessions) },
    ...(isTyped
      ? [
          {
            label: 'In the library',
            items: [
              {
                kind: 'search' as const,
                key: 'search',
                words: `Search for “${typed.trim()}”`,
                typed: typed.trim(),
              },
            ],
          },
        ]
      : [{ label: 'Commands', items: possible.filter((id) => !lately.includes(id)).map(entry) }]),
    { label: 'Not possible here and now', items: found.filter((id) => !canRun(id)).map(entry) },
  ];
  return groups.filter(({ items }) => items.length > 0);
}

/** By its section and its menu too: "go trash", "file new". */
const wordsOfCommand = (id: CommandId): string =>
  `${commands[id].words} ${commands[id].section} ${menuPlaceOf(id) ?? ''}`;

/** Why it cannot be done: what it would be about is not there. */
export function whyNot(id: CommandId): string {
  const { places = [], section } = commands[id];
  if (places.includes('pair')) return 'while two look-alikes are compared';
  if (places.includes('list')) return 'when a memory is chosen';
  if (places.includes('trash')) return 'in the trash, when a memory is chosen';
  if (places.includes('memory')) return 'when a memory is open';
  return section === 'Sessions' ? 'when a session goes on' : 'not now';
}
