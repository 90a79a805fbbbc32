import { saidKeys } from '../../../shared/commands/shortcuts.ts';

const isMac = navigator.userAgent.includes('Mac OS');

/** What makes a memory of what was written, as it is pressed. */
export const saveKeys = (): string => saidKeys('CommandOrControl+Enter', { isMac });

/** "Ctrl+Shift+Space", or "⇧⌘Space". */
export const saidShortcut = (accelerator: string): string => saidKeys(accelerator, { isMac });

interface Pressed {
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** What was pressed, as Electron writes it; nothing while only Ctrl and the like are held, or without any of them. */
export function acceleratorOf({ code, ctrlKey, metaKey, altKey, shiftKey }: Pressed): string | undefined {
  const key = /^(?:Key([A-Z])|Digit(\d)|(F\d{1,2})|(Space|Enter|Tab))$/.exec(code)?.slice(1).find(Boolean);
  if (key === undefined) return undefined;
  const [main, other] = isMac ? [metaKey, ctrlKey] : [ctrlKey, metaKey];
  const held = [
    main ? 'CommandOrControl' : '',
    other ? (isMac ? 'Control' : 'Super') : '',
    altKey ? 'Alt' : '',
    shiftKey ? 'Shift' : '',
  ].filter(Boolean);
  // A letter with Shift alone is a capital letter.
  if (held.length === 0 || (held.length === 1 && shiftKey && !key.startsWith('F'))) return undefined;
  return [...held, key].join('+');
}
