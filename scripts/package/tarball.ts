import fs from 'node:fs';
import path from 'node:path';
import { createGzip } from 'node:zlib';
import { spawn } from 'node:child_process';
import { pipeline } from 'node:stream/promises';
import { once } from 'node:events';
import { tarballFile } from './places.ts';
import { buildDate } from './reproducible.ts';

/** For any Linux: unpack it where you like and start `loci` in it. Same bytes from the same sources. */
export async function makeTarball(
  unpacked: string,
  { quickly }: { readonly quickly: boolean },
): Promise<string> {
  const top = path.basename(tarballFile, '.tar.gz');
  const args = [
    '--create',
    '--sort=name',
    '--owner=0',
    '--group=0',
    '--numeric-owner',
    `--mtime=@${buildDate().getTime() / 1000}`,
    '--format=gnu',
    `--transform=s,^\\.,${top},`,
    `--directory=${unpacked}`,
    '.',
  ];
  const tar = spawn('tar', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(tar, 'exit');
  await pipeline(tar.stdout, createGzip({ level: quickly ? 1 : 9 }), fs.createWriteStream(tarballFile));
  const [code] = await ended;
  if (code !== 0) throw new Error(`tar ended with ${String(code)}`);
  return tarballFile;
}
