import {
  commandIds,
  commands,
  fixedKeys,
  sections,
  type CommandId,
  type Section,
} from '../../../shared/commands/commands.ts';
import { fitting } from './find-commands.ts';
import { menuPlaceOf } from './menu-place.ts';

export interface ShortcutGroup {
  readonly section: Section | 'Fixed';
  readonly ids: readonly CommandId[];
}

/** Every command, by section, as far as what is typed fits it: by its words, its section, its menu or its keys. */
export function shortcutGroups(
  typed: string,
  saidKeys: (id: CommandId) => string | undefined,
): readonly ShortcutGroup[] {
  const found = new Set(
    fitting(
      typed,
      commandIds,
      (id) => `${commands[id].words} ${commands[id].section} ${menuPlaceOf(id) ?? ''} ${saidKeys(id) ?? ''}`,
    ),
  );
  return sections
    .map((section) => ({
      section,
      ids: commandIds.filter((id) => commands[id].section === section && found.has(id)),
    }))
    .filter(({ ids }) => ids.length > 0);
}

export const fixedFitting = (typed: string) => fitting(typed, fixedKeys, ({ words }) => words);
