import { createHash, sign, type KeyObject } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { feedName, signedBytes, type Feed } from '../../main/updates/feed.ts';
import { buildDate } from './reproducible.ts';

/** What can be installed by itself, of all the packages. */
const installable: Readonly<Record<string, RegExp>> = {
  linux: /\.(deb|rpm|AppImage)$/,
  darwin: /\.zip$/,
  win32: /-Setup-.*\.exe$/,
};

export interface FeedOptions {
  /** With the packages; the feed is written beside them. */
  readonly dir: string;
  readonly version: string;
  readonly platform: string;
  readonly arch: string;
  readonly key: KeyObject;
}

/** Writes what tells the app of a newer version, and its signature beside it. */
export function writeFeed({ dir, version, platform, arch, key }: FeedOptions): void {
  const pattern = installable[platform] ?? /^$/;
  const files = fs
    .readdirSync(dir)
    .filter((name) => pattern.test(name) && name.includes(version))
    .toSorted()
    .map((name) => {
      const content = fs.readFileSync(path.join(dir, name));
      return { name, sha512: createHash('sha512').update(content).digest('base64'), bytes: content.length };
    });
  const feed: Feed = { version, releasedAt: buildDate().toISOString(), files };
  const text = `${JSON.stringify(feed, null, 1)}\n`;
  const name = feedName(platform, arch);
  fs.writeFileSync(path.join(dir, name), text);
  fs.writeFileSync(
    path.join(dir, `${name}.sig`),
    `${sign(null, signedBytes(text), key).toString('base64')}\n`,
  );
}
