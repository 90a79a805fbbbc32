import os from 'node:os';
import path from 'node:path';

/** Where the app keeps what a person wrote, unless `LOCI_DATA_DIR` names another folder. */
export function usualDataDir(): string {
  const chosen = process.env['LOCI_DATA_DIR'];
  if (chosen) return path.resolve(chosen);
  switch (process.platform) {
    case 'win32':
      // Not the roaming profile Electron would choose: a database that is copied at log-off breaks.
      return path.join(process.env['LOCALAPPDATA'] ?? path.join(os.homedir(), 'AppData', 'Local'), 'Loci');
    case 'darwin':
      return path.join(os.homedir(), 'Library', 'Application Support', 'Loci');
    default:
      return path.join(process.env['XDG_DATA_HOME'] ?? path.join(os.homedir(), '.local', 'share'), 'loci');
  }
}
