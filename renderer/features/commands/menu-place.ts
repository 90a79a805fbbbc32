import { commands, type CommandId } from '../../../shared/commands/commands.ts';
import { textsNow } from '../../../shared/texts/index.ts';
import { isMac } from '../../navigation/keys.ts';

/** "File › New memory": where the command is in the menu bar; undefined when it is in none. */
export function menuPlaceOf(id: CommandId): string | undefined {
  const { menu } = commands[id];
  if (menu === undefined) return undefined;
  return textsNow().menus.places[menu === 'App' && !isMac ? 'File' : menu];
}
