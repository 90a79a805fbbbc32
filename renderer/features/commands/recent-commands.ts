import { isCommandId, type CommandId } from '../../../shared/commands/commands.ts';
import { remembered } from '../../navigation/remembered.ts';

const most = 5;
const memory = remembered('commands', (text) => text);

/** Those that were run from the list of commands, the latest first. */
export const recentCommands = (): readonly CommandId[] =>
  (memory.read() ?? '').split(' ').filter(isCommandId);

export function rememberCommand(id: CommandId): void {
  memory.write([id, ...recentCommands().filter((each) => each !== id)].slice(0, most).join(' '));
}
