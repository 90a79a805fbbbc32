import fs from 'node:fs';
import type { PackedFile } from './contents.ts';

interface Node {
  readonly files?: Readonly<Record<string, Node>>;
  readonly size?: number;
  readonly offset?: string;
  readonly unpacked?: boolean;
}

/**
 * What is in Electron's archive of an app: a header in JSON after four lengths, then the files one after the other.
 * Read here so that what packs is not what checks.
 */
export function listArchive(file: string): PackedFile[] {
  return walk(readHeader(file).header, '').map(({ path, node }) => ({ path, bytes: node.size ?? 0 }));
}

/** Of what is inside of the archive, one text after the other. */
export function* readTexts(file: string, isText: (path: string) => boolean): Generator<[string, string]> {
  const { header, start } = readHeader(file);
  const handle = fs.openSync(file, 'r');
  try {
    for (const { path, node } of walk(header, '')) {
      if (node.unpacked === true || !isText(path)) continue;
      const content = Buffer.alloc(node.size ?? 0);
      fs.readSync(handle, content, 0, content.length, start + Number(node.offset));
      yield [path, content.toString('utf8')];
    }
  } finally {
    fs.closeSync(handle);
  }
}

function readHeader(file: string): { header: Node; start: number } {
  const handle = fs.openSync(file, 'r');
  try {
    const lengths = Buffer.alloc(16);
    fs.readSync(handle, lengths, 0, 16, 0);
    const json = Buffer.alloc(lengths.readUInt32LE(12));
    fs.readSync(handle, json, 0, json.length, 16);
    return { header: JSON.parse(json.toString('utf8')) as Node, start: 8 + lengths.readUInt32LE(4) };
  } finally {
    fs.closeSync(handle);
  }
}

function walk(node: Node, place: string): { path: string; node: Node }[] {
  if (!node.files) return [{ path: place, node }];
  return Object.entries(node.files).flatMap(([name, child]) =>
    walk(child, place ? `${place}/${name}` : name),
  );
}
