export const isMac = navigator.platform.startsWith('Mac');

/** As it is written on this system: "⌘N", "Ctrl N". */
export const withCommand = (key: string): string => (isMac ? `⌘${key}` : `Ctrl ${key}`);

export const deleteKey = isMac ? '⌫' : 'Del';
export const wayKeys = isMac ? (['⌘[', '⌘]'] as const) : (['Alt ←', 'Alt →'] as const);
