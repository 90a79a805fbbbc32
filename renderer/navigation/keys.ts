export const isMac = navigator.platform.startsWith('Mac');
export const deleteKey = isMac ? '⌫' : 'Del';
