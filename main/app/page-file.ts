import path from 'node:path';
import { appOrigin } from '../ipc/origin.ts';

/** The file an address means, or nothing when it is not one of ours. */
export function pageFile(pageDir: string, address: string): string | undefined {
  let wanted: string;
  try {
    const url = new URL(address);
    if (`${url.protocol}//${url.host}` !== appOrigin) return undefined;
    wanted = decodeURIComponent(url.pathname);
  } catch {
    return undefined;
  }
  if (wanted.includes('\0') || wanted.includes('\\')) return undefined;
  const file = path.join(pageDir, wanted === '/' ? 'index.html' : wanted);
  return file.startsWith(pageDir + path.sep) ? file : undefined;
}
