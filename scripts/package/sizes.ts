import path from 'node:path';
import { listPackage } from './contents.ts';
import { resourcesOf } from './places.ts';

/** What a package may weigh at most. */
export const limits = { unpackedWithoutElectronBytes: 130e6, compressedBytes: 170e6 };

export interface Part {
  readonly name: string;
  readonly bytes: number;
  readonly isFor: string;
}

interface Rule {
  readonly name: string;
  readonly pattern: RegExp;
  readonly isFor: string;
}

/** The first that fits. In resources; what else there is, is Electron's. */
const rules: readonly Rule[] = [
  {
    name: 'server: Unicode data (libicudata)',
    pattern: /^postgres\/.*icu/i,
    isFor: 'the server is linked against ICU and does not start without it',
  },
  {
    name: 'server: PostgreSQL and pgvector',
    pattern: /^postgres\//,
    isFor: 'the database, its programs, extensions and catalogues',
  },
  {
    name: 'model: weights and vocabulary',
    pattern: /^model\//,
    isFor: 'finding by meaning without a network',
  },
  {
    name: "model's runtime (onnxruntime)",
    pattern: /^app\.asar\.unpacked\//,
    isFor: 'runs the model on this processor',
  },
  { name: 'app (app.asar)', pattern: /^app\.asar$/, isFor: 'our code, the page, fonts, icons' },
  { name: 'licences and notes', pattern: /./, isFor: 'what the licences of others ask for' },
];

/** By what takes the space. */
export function partsOf(unpacked: string): { readonly parts: Part[]; readonly electronBytes: number } {
  const resources = `${path.relative(unpacked, resourcesOf(unpacked)).split(path.sep).join('/')}/`;
  const sums = new Map<Rule, number>();
  let electronBytes = 0;
  for (const { path: place, bytes } of listPackage(unpacked).outside) {
    const rule = place.startsWith(resources)
      ? rules.find(({ pattern }) => pattern.test(place.slice(resources.length)))
      : undefined;
    if (rule) sums.set(rule, (sums.get(rule) ?? 0) + bytes);
    else electronBytes += bytes;
  }
  const parts = [...sums].map(([{ name, isFor }, bytes]) => ({ name, bytes, isFor }));
  return { parts: parts.toSorted((a, b) => b.bytes - a.bytes), electronBytes };
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`.padStart(9);

export function describeSizes(unpacked: string): string {
  const { parts, electronBytes } = partsOf(unpacked);
  const ours = parts.reduce((sum, { bytes }) => sum + bytes, 0);
  return [
    ...parts.map(({ name, bytes, isFor }) => `${megabytes(bytes)}  ${name}: ${isFor}`),
    `${megabytes(ours)}  without Electron's own files (at most ${limits.unpackedWithoutElectronBytes / 1e6} MB)`,
    `${megabytes(electronBytes)}  Electron: the window, its languages and the licences of Chromium`,
  ].join('\n');
}
