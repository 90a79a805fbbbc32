import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { listArchive } from './archive.ts';
import { expectedIn } from './expected.ts';
import { nativeKind, ourNativeKind } from './native-kind.ts';
import { resourcesOf } from './places.ts';
import { findSecrets } from './secrets.ts';

/** One thing in a package that should not be so, in words for whoever packages. */
export type Complaint = string;

export interface PackedFile {
  /** From the top of the package, with slashes; in the archive from its top. */
  readonly path: string;
  readonly bytes: number;
}

/** Every file of an unpacked package, those in its archive included. */
export interface PackageContents {
  readonly outside: readonly PackedFile[];
  readonly archive: readonly PackedFile[];
}

export function listPackage(unpacked: string): PackageContents {
  const outside = fs
    .readdirSync(unpacked, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => {
      const place = path.join(entry.parentPath, entry.name);
      return { path: slashed(path.relative(unpacked, place)), bytes: fs.lstatSync(place).size };
    });
  const archive = listArchive(path.join(resourcesOf(unpacked), 'app.asar'));
  return { outside, archive };
}

const slashed = (place: string) => place.split(path.sep).join('/');

/** By name alone: what no line of the list expects. */
export function unexpectedIn(
  { outside, archive }: PackageContents,
  { platform = process.platform, arch = process.arch, resources = 'resources' } = {},
): Complaint[] {
  const expected = expectedIn(platform, arch);
  const within = (place: string) => place.startsWith(`${resources}/`);
  const fits = (place: string, patterns: readonly RegExp[]) =>
    patterns.some((pattern) => pattern.test(place));
  return [
    ...outside
      .filter(({ path: place }) =>
        within(place)
          ? !fits(place.slice(resources.length + 1), expected.resources)
          : !fits(place, expected.electron),
      )
      .map(({ path: place }) => `unexpected: ${place}`),
    ...archive
      .filter(({ path: place }) => !fits(place, expected.archive))
      .map(({ path: place }) => `unexpected in the archive: ${place}`),
  ];
}

/** What lies there byte for byte: the server and the model by their own lists, links, modes, processors, secrets. */
export function wrongIn(unpacked: string): Complaint[] {
  const resources = resourcesOf(unpacked);
  const { outside } = listPackage(unpacked);
  return [
    ...wrongByManifest(path.join(resources, 'postgres'), serverHashes),
    ...wrongByManifest(path.join(resources, 'model', 'all-MiniLM-L6-v2'), modelHashes),
    ...outside.flatMap(({ path: place }) => wrongAsFile(unpacked, place)),
    ...findSecrets(resources),
  ];
}

type Hashes = Readonly<Record<string, string>>;

const serverHashes = (manifest: unknown): Hashes => (manifest as { files: Hashes }).files;
const modelHashes = (manifest: unknown): Hashes =>
  Object.fromEntries(
    Object.entries((manifest as { files: Record<string, { sha256: string }> }).files).map(
      ([name, { sha256 }]) => [name, sha256],
    ),
  );

function wrongByManifest(dir: string, read: (manifest: unknown) => Hashes): Complaint[] {
  const listed = read(JSON.parse(fs.readFileSync(path.join(dir, 'manifest.json'), 'utf8')));
  const present = fs
    .readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'manifest.json')
    .map((entry) => slashed(path.relative(dir, path.join(entry.parentPath, entry.name))));
  const name = path.basename(dir);
  return [
    ...present.filter((file) => !(file in listed)).map((file) => `not in the list of ${name}: ${file}`),
    ...Object.entries(listed).flatMap(([file, hash]) => {
      const place = path.join(dir, file);
      if (!fs.existsSync(place)) return [`missing of ${name}: ${file}`];
      // Signing writes into programs and libraries; that nobody changed them is then what the signature says.
      if (process.platform !== 'linux' && nativeKind(place) !== undefined) return [];
      const found = createHash('sha256').update(fs.readFileSync(place)).digest('hex');
      return found === hash ? [] : [`changed in ${name}: ${file}`];
    }),
  ];
}

function wrongAsFile(unpacked: string, file: string): Complaint[] {
  const place = path.join(unpacked, file);
  const stats = fs.lstatSync(place);
  // On macOS Electron's own frameworks are made of them; elsewhere archives would lose them.
  if (stats.isSymbolicLink())
    return process.platform === 'darwin' && file.includes('/Frameworks/') ? [] : [`a link: ${file}`];
  const kind = nativeKind(place);
  if (kind !== undefined && kind !== ourNativeKind()) return [`made for ${kind}: ${file}`];
  if (process.platform !== 'linux') return [];
  const mode = (stats.mode & 0o7777).toString(8);
  const isProgram = kind !== undefined && !/\.(so[.\d]*|node)$/.test(file);
  // The helper of the sandbox gets root's rights from the system's package; unpacked by a person it is a program.
  const wanted = isProgram ? ['755', '4755'] : ['644'];
  return wanted.includes(mode) ? [] : [`mode ${mode}: ${file}`];
}
