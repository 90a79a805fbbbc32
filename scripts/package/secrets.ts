import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from '../places.mjs';
import { readTexts } from './archive.ts';
import type { Complaint } from './contents.ts';

const isText = (file: string) =>
  /\.(c?js|json|html|css|txt|sql|control|conf|sample|yml)$|(^|\/)LICENSE$/.test(file);

/** What no file of a package may say: keys, tokens, and where it was built. */
export function secretsIn(text: string, places: readonly string[] = buildPlaces()): string[] {
  const found = [
    ['a private key', /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----\s+[A-Za-z0-9+/]{16}/],
    ['a token', /\b(?:npm_[A-Za-z0-9]{36}|gh[pousr]_[A-Za-z0-9]{36}|AKIA[0-9A-Z]{16}|xox[abp]-\d{8,}-)/],
    // Explanations call the two by their names.
    [
      'an address with a password',
      /\b[a-z]{3,12}:\/\/(?!user:password@)[^\s/:@'"`<${]+:[^\s/:@'"`<${]+@[\w.-]+/,
    ],
  ] as const;
  return [
    ...found.filter(([, pattern]) => pattern.test(text)).map(([what]) => what),
    ...places.filter((place) => text.includes(place)).map((place) => `the folder it was built in (${place})`),
  ];
}

/** A folder as short as `/` or `/root` is in many a text for other reasons. */
function buildPlaces(): string[] {
  return [root, os.homedir()].filter((place) => place.split(path.sep).length > 2);
}

export function findSecrets(resources: string): Complaint[] {
  const complaints: Complaint[] = [];
  for (const [file, text] of readTexts(path.join(resources, 'app.asar'), isText))
    complaints.push(...secretsIn(text).map((what) => `${what} in the archive: ${file}`));
  for (const entry of fs.readdirSync(resources, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (!entry.isFile() || !isText(file)) continue;
    const found = secretsIn(fs.readFileSync(file, 'utf8'));
    complaints.push(...found.map((what) => `${what}: ${path.relative(resources, file)}`));
  }
  return complaints;
}
