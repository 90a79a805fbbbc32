import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Bridge } from '../../shared/ipc/bridge.ts';
import { channelNames, droppedChannel, eventNames } from '../../shared/ipc/channels.ts';

// Every part of the page listens for itself, and they are more than the ten from which on a leak is suspected.
ipcRenderer.setMaxListeners(100);

const known = new Set<string>(channelNames);
const knownEvents = new Set(eventNames);

/** Passes named channels and nothing else; inputs are checked in main, where the page cannot reach. */
const bridge: Bridge = {
  invoke(channel, input) {
    if (!known.has(channel)) throw new Error(`Unknown channel ${channel}`);
    return ipcRenderer.invoke(channel, input);
  },
  listen(event, listener) {
    if (!knownEvents.has(event)) throw new Error(`Unknown event ${event}`);
    const forward = (_: unknown, payload: unknown) => listener(payload);
    ipcRenderer.on(event, forward);
    return () => ipcRenderer.off(event, forward);
  },
  drop(files) {
    // Only of a file that a person has put there: one that the page made has no path.
    const places = files.map((file) => (file instanceof File ? webUtils.getPathForFile(file) : ''));
    return ipcRenderer.invoke(droppedChannel, places);
  },
};

contextBridge.exposeInMainWorld('loci', bridge);
