import { BrowserWindow, ipcMain } from 'electron';
import { droppedChannel } from '../../shared/ipc/channels.ts';
import type { EventName, Events } from '../../shared/ipc/events.ts';
import type { WireResult } from '../../shared/ipc/result.ts';
import type { Log } from '../logging/log.ts';
import { isOwnMainFrame } from './origin.ts';
import type { Router } from './router.ts';

const foreignFrame: WireResult = {
  ok: false,
  error: { code: 'invalid_input', message: 'Loci answers only its own window.' },
};

/** Puts the router behind Electron's IPC. */
export function serveRouter(router: Router, log: Log): void {
  for (const channel of router.channels) {
    ipcMain.handle(channel, (event, input: unknown) => {
      if (isOwnMainFrame(event.senderFrame)) return router.call(channel, input);
      log.warn('Refused a call from a foreign frame', { channel, origin: event.senderFrame?.origin });
      return foreignFrame;
    });
  }
}

/** Takes from the preload where dropped files lie, and gives it tokens for the page. */
export function serveDropped(keep: (places: unknown) => string[]): void {
  ipcMain.handle(droppedChannel, (event, places: unknown) =>
    isOwnMainFrame(event.senderFrame) ? keep(places) : [],
  );
}

/** Tells one window. */
export function tellWindow<E extends EventName>(window: BrowserWindow, event: E, payload: Events[E]): void {
  if (!window.webContents.isDestroyed()) window.webContents.send(event, payload);
}

/** Tells every window. */
export function broadcast<E extends EventName>(event: E, payload: Events[E]): void {
  for (const window of BrowserWindow.getAllWindows()) {
    tellWindow(window, event, payload);
  }
}
