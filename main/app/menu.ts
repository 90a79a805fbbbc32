import { app, Menu } from 'electron';
import { textsNow } from '../../shared/texts/index.ts';
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
    copyright: textsNow().menus.copyright,
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
