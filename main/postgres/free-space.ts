import { statfs } from 'node:fs/promises';

/** Less than a segment of the write-ahead log, and the server does not start. */
const tooLittleBytes = 16 * 1024 * 1024;

/** What an ordinary user may still write there. */
export async function freeBytesAt(dir: string): Promise<number> {
  const { bavail, bsize } = await statfs(dir);
  return bavail * bsize;
}

/** Asked when a server fails: its own words may not tell, for want of room in the log. */
export async function isDiskFull(dir: string): Promise<boolean> {
  return (await freeBytesAt(dir)) < tooLittleBytes;
}
