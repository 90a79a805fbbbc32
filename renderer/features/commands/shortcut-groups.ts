import {
  commandIds,
  commands,
  fixedKeys,
  sections,
  type CommandId,
  type FixedKeys,
  type Section,
} from '../../../shared/commands/commands.ts';
import type { Texts } from '../../../shared/texts/index.ts';
import { fitting } from './find-commands.ts';
import { wordsOfCommand } from './palette-entries.ts';

export interface ShortcutGroup {
  readonly section: Section;
  readonly ids: readonly CommandId[];
}

/** Every command, by section, as far as what is typed fits it: by its words, its section, its menu or its keys. */
export function shortcutGroups(
  typed: string,
  saidKeys: (id: CommandId) => string | undefined,
): readonly ShortcutGroup[] {
  const found = new Set(fitting(typed, commandIds, (id) => `${wordsOfCommand(id)} ${saidKeys(id) ?? ''}`));
  return sections
    .map((section) => ({
      section,
      ids: commandIds.filter((id) => commands[id].section === section && found.has(id)),
    }))
    .filter(({ ids }) => ids.length > 0);
}

export const fixedFitting = (typed: string, texts: Texts): readonly FixedKeys[] =>
  fitting(typed, fixedKeys, ({ name }) => texts.commands.fixed[name]);
