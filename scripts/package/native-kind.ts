import fs from 'node:fs';

/**
 * Which system and processor a file is a program or library for, by its first bytes; nothing when it is neither.
 */
export function nativeKind(file: string): string | undefined {
  const head = Buffer.alloc(1024);
  const handle = fs.openSync(file, 'r');
  try {
    fs.readSync(handle, head);
  } finally {
    fs.closeSync(handle);
  }
  return kindOf(head);
}

/** Apart from reading, for tests. */
export function kindOf(head: Buffer): string | undefined {
  if (head.readUInt32BE(0) === 0x7f454c46) {
    const machine = { 0x3e: 'x64', 0xb7: 'arm64' }[head.readUInt16LE(18)];
    return `linux-${machine ?? 'other'}`;
  }
  if (head.readUInt32LE(0) === 0xfeedfacf) {
    const processor = { 0x01000007: 'x64', 0x0100000c: 'arm64' }[head.readUInt32LE(4)];
    return `darwin-${processor ?? 'other'}`;
  }
  // Several processors in one file; Java's classes begin alike and have a version above 40 in this place.
  if (head.readUInt32BE(0) === 0xcafebabe && head.readUInt32BE(4) < 20) return 'darwin-universal';
  if (head.toString('latin1', 0, 2) === 'MZ') {
    const at = head.readUInt32LE(0x3c);
    if (at + 6 > head.length || head.toString('latin1', at, at + 2) !== 'PE') return 'win32-other';
    const machine = { 0x8664: 'x64', 0xaa64: 'arm64' }[head.readUInt16LE(at + 4)];
    return `win32-${machine ?? 'other'}`;
  }
  return undefined;
}

export const ourNativeKind = () => `${process.platform}-${process.arch}`;
