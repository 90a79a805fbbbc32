import { commandIds, commands, type CommandId } from '../../../shared/commands/commands.ts';
import type { MemorySummary } from '../../../shared/schemas/memory.ts';
import type { Session } from '../../../shared/schemas/session.ts';
import { textsNow } from '../../../shared/texts/index.ts';
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
  const texts = textsNow();
  const isTyped = typed.trim() !== '';
  const entry = (id: CommandId): PaletteEntry => ({
    kind: 'command',
    key: id,
    words: texts.commands.titles[id],
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
    { label: texts.commands.palette.lately, items: lately.map(entry) },
    ...(isTyped ? [{ label: texts.commands.palette.commands, items: possible.map(entry) }] : []),
    { label: texts.commands.palette.memories, items: some(ofMemories) },
    { label: texts.commands.palette.sessions, items: some(ofSessions) },
    ...(isTyped
      ? [
          {
            label: texts.commands.palette.inLibrary,
            items: [
              {
                kind: 'search' as const,
                key: 'search',
                words: texts.commands.palette.searchFor(typed.trim()),
                typed: typed.trim(),
              },
            ],
          },
        ]
      : [
          {
            label: texts.commands.palette.commands,
            items: possible.filter((id) => !lately.includes(id)).map(entry),
          },
        ]),
    { label: texts.commands.palette.impossible, items: found.filter((id) => !canRun(id)).map(entry) },
  ];
  return groups.filter(({ items }) => items.length > 0);
}

/** By its section and its menu too: "go trash", "file new". */
export function wordsOfCommand(id: CommandId): string {
  const texts = textsNow();
  return `${texts.commands.titles[id]} ${texts.commands.sections[commands[id].section]} ${menuPlaceOf(id) ?? ''}`;
}

/** Why it cannot be done: what it would be about is not there. */
export function whyNot(id: CommandId): string {
  const texts = textsNow();
  const { places = [], section } = commands[id];
  if (places.includes('pair')) return texts.commands.whyNot.pair;
  if (places.includes('list')) return texts.commands.whyNot.list;
  if (places.includes('trash')) return texts.commands.whyNot.trash;
  if (places.includes('memory')) return texts.commands.whyNot.memory;
  if (id === 'specialization.compare') return texts.commands.whyNot.pairOfAdapters;
  if (places.includes('adapters')) return texts.commands.whyNot.adapters;
  if (places.includes('adapterTrash')) return texts.commands.whyNot.adapterTrash;
  return section === 'sessions' ? texts.commands.whyNot.session : texts.commands.whyNot.other;
}
