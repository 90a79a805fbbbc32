/**
 * node scripts/package/sign-feed.ts <folder> <platform> <arch>
 *
 * Tells of the packages in a folder, signed with the key in LOCI_UPDATE_PRIVATE_KEY (PEM, Ed25519). Packages know its
 * other half, LOCI_UPDATE_PUBLIC_KEY: a feed that they would not believe is not to be published.
 */
import { createPrivateKey } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { feedName, readFeed } from '../../main/updates/feed.ts';
import { writeFeed } from './feed.ts';
import { versionOfApp } from './version.ts';

const [dir = '', platform = '', arch = ''] = process.argv.slice(2);
const { LOCI_UPDATE_PRIVATE_KEY: pem, LOCI_UPDATE_PUBLIC_KEY: publicKey } = process.env;
if (!pem || !publicKey) throw new Error('LOCI_UPDATE_PRIVATE_KEY and LOCI_UPDATE_PUBLIC_KEY must be set.');
writeFeed({ dir, version: versionOfApp(), platform, arch, key: createPrivateKey(pem) });
const written = (name: string) => fs.readFileSync(path.join(dir, name), 'utf8');
const name = feedName(platform, arch);
const { version, files } = readFeed(written(name), written(`${name}.sig`), publicKey);
console.log(`${name}: ${version}, ${files.map((file) => file.name).join(', ')}`);
