import { open } from 'node:fs/promises';

/** Makes a new or renamed entry survive a power cut. Windows has no such call and keeps names by itself. */
export async function syncDirectory(dir: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(dir, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
