import { app, Menu } from 'electron';
import { menuTemplate, type MenuOptions } from './menu-template.ts';

/** In place of the one before: keys can be chosen otherwise while the app runs. */
export function installMenu(options: Omit<MenuOptions, 'isMac' | 'isPackaged'>): void {
  const template = menuTemplate({
    ...options,
    isMac: process.platform === 'darwin',
    isPackaged: app.isPackaged,
  });
  app.setAboutPanelOptions({
    applicationName: 'Loci',
    applicationVersion: app.getVersion(),
    copyright:
      'Personal memory that stays on your machine.\nCopyright © 2026 the Loci developers. MIT licence.',
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
