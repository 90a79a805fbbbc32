import type { CommandId } from '../../shared/commands/commands.ts';
import { keysOf, saidKeys } from '../../shared/commands/shortcuts.ts';
import { useSettings } from '../api/settings.ts';
import { isMac } from '../navigation/keys.ts';

/** The keys of a command as they are written beside it: those that hold now; undefined where it has none. */
export function useSaidKeys(): (id: CommandId) => string | undefined {
  const { 'shortcuts.chosen': chosen, 'capture.shortcut': capture } = useSettings();
  return (id) => {
    const [first] = id === 'capture.open' ? [capture] : keysOf(id, chosen, { isMac });
    return first === undefined || first === null ? undefined : saidKeys(first, { isMac });
  };
}
