import fs from 'node:fs';
import path from 'node:path';
import { updateSourceSchema } from '../../main/updates/feed.ts';

/** What electron-updater and the app read: where to look, and whose word to take. JSON is YAML too. */
export function updateSource(url: string, publicKey: string): string {
  const source = updateSourceSchema.parse({ url, publicKey });
  return `${JSON.stringify({ provider: 'generic', ...source, updaterCacheDirName: 'loci-updater' }, null, 1)}\n`;
}

/**
 * Where an address and a key for updates are given (LOCI_UPDATE_URL, LOCI_UPDATE_PUBLIC_KEY), the package gets to know
 * them. Without, it never looks, and the app says so.
 */
export function addUpdateSource(resources: string): void {
  const { LOCI_UPDATE_URL: url, LOCI_UPDATE_PUBLIC_KEY: key } = process.env;
  if (!url || !key) return;
  fs.writeFileSync(path.join(resources, updateSourceName), updateSource(url, key), { mode: 0o644 });
}

export const updateSourceName = 'app-update.yml';
