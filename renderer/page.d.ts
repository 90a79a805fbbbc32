import type { Bridge } from '../shared/ipc/bridge.ts';

declare global {
  interface Window {
    /** Put there by the preload before any script of the page runs. */
    readonly loci: Bridge;
  }
}
