import { BrowserWindow, dialog, shell } from 'electron';
import { textsNow } from '../../shared/texts/index.ts';
import type { Log } from '../logging/log.ts';
import type { SettingService } from '../settings/setting-service.ts';
import { linkTarget, mailHost } from './link-target.ts';

export interface LinksOptions {
  readonly log: Log;
  /** Of whoever is there now; throws while the library is not open. */
  readonly settings: () => Pick<SettingService, 'get' | 'set'>;
}

export type LinkOutcome = 'opened' | 'declined' | 'refused';

/** The one way out of the app for a link. It is main that asks, so that no page can answer for the person. */
export class Links {
  readonly #options: LinksOptions;

  constructor(options: LinksOptions) {
    this.#options = options;
  }

  async open(address: string): Promise<LinkOutcome> {
    const target = linkTarget(address);
    if (!target) return 'refused';
    const settings = this.#options.settings();
    const { 'links.openHosts': known } = await settings.get();
    if (!known.includes(target.host)) {
      const { isWanted, isForAlways } = await ask(target.host, target.url);
      if (!isWanted) return 'declined';
      if (isForAlways) await settings.set({ 'links.openHosts': [...known, target.host].slice(-1000) });
    }
    try {
      await shell.openExternal(target.url);
      return 'opened';
    } catch (error) {
      this.#options.log.warn('The system opened no program for a link', { error: String(error) });
      return 'refused';
    }
  }

  async forget(host: string): Promise<void> {
    const settings = this.#options.settings();
    const { 'links.openHosts': known } = await settings.get();
    await settings.set({ 'links.openHosts': known.filter((each) => each !== host) });
  }
}

async function ask(host: string, url: string): Promise<{ isWanted: boolean; isForAlways: boolean }> {
  const isMail = host === mailHost;
  const texts = textsNow();
  const question = {
    type: 'question' as const,
    message: isMail ? texts.dialogs.openMail : texts.dialogs.openLink(host),
    detail: url.length > 300 ? `${url.slice(0, 300)}…` : url,
    buttons: [texts.dialogs.open, texts.dialogs.stay],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
    checkboxLabel: isMail ? texts.dialogs.dontAskMail : texts.dialogs.dontAsk(host),
    checkboxChecked: true,
  };
  const window = BrowserWindow.getFocusedWindow();
  const { response, checkboxChecked } = await (window
    ? dialog.showMessageBox(window, question)
    : dialog.showMessageBox(question));
  return { isWanted: response === 0, isForAlways: checkboxChecked };
}
