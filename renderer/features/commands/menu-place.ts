import { commands, type CommandId } from '../../../shared/commands/commands.ts';
import { isMac } from '../../navigation/keys.ts';

/** "File › New memory": where the command is in the menu bar; undefined when it is in none. */
export function menuPlaceOf(id: CommandId): string | undefined {
  const { menu } = commands[id];
  if (menu === undefined) return undefined;
  return menu === 'App' ? (isMac ? 'Loci menu' : 'File menu') : `${menu} menu`;
}
