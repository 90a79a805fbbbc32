import { listen, loci } from '../../api/loci.ts';

/** What has something to save, and how it saves it. */
const sources = new Map<object, () => Promise<void>>();
const page = crypto.randomUUID();
let isListening = false;

/** Main waits for what is noted here before it closes. */
export function noteUnsaved(source: object, save: (() => Promise<void>) | null): void {
  const before = sources.size;
  if (save) sources.set(source, save);
  else sources.delete(source);
  if (sources.size > 0 === before > 0) return;
  if (!isListening) follow();
  void loci.app.unsaved({ page, has: sources.size > 0 }).catch(() => undefined);
}

function follow(): void {
  isListening = true;
  const saveAll = () => {
    for (const save of sources.values()) void save();
  };
  listen('app:leaving', saveAll);
  // A window that is closed or reloaded can still send, but not wait.
  window.addEventListener('pagehide', saveAll);
  window.addEventListener('blur', saveAll);
}
