import fs from 'node:fs';
import path from 'node:path';
import { appDir, root } from '../places.mjs';
import { appSourceDir, sourceMapsDir } from './places.ts';

/** Beside the bundles: what main reads by its path in the app. */
const resources = ['resources/icons/256x256.png', 'resources/tray'];

/**
 * Lays out what goes into the archive: the bundles, which hold all the packages they use, and nothing of the
 * checkout around them.
 */
export function layOutApp(version: string): void {
  fs.rmSync(appSourceDir, { recursive: true, force: true });
  fs.cpSync(appDir, path.join(appSourceDir, 'build', 'app'), {
    recursive: true,
    filter: (source) => !/\.map$|shipped-packages\.json$/.test(source),
  });
  for (const resource of resources) {
    fs.cpSync(path.join(root, resource), path.join(appSourceDir, resource), { recursive: true });
  }
  dropMapComments(path.join(appSourceDir, 'build', 'app'));
  fs.writeFileSync(
    path.join(appSourceDir, 'package.json'),
    `${JSON.stringify(manifest(version), null, 2)}\n`,
  );
}

/** What Electron and electron-builder read of it; everything else of package.json is for those who build. */
function manifest(version: string) {
  const ours = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as Record<
    string,
    unknown
  >;
  const { name, productName, description, author, license, main } = ours;
  // By this name the desktop knows which entry a window belongs to.
  return { name, productName, version, description, author, license, main, desktopName: 'loci.desktop' };
}

/** For whoever reads a stack in a log of this version. */
export function keepSourceMaps(): void {
  fs.rmSync(sourceMapsDir, { recursive: true, force: true });
  fs.cpSync(appDir, sourceMapsDir, {
    recursive: true,
    filter: (source) =>
      fs.statSync(source).isDirectory() ? path.basename(source) !== 'node_modules' : source.endsWith('.map'),
  });
}

/** A bundle that names its map would have every developer tool look for a file that is not there. */
function dropMapComments(dir: string): void {
  for (const entry of fs.readdirSync(dir, { recursive: true, withFileTypes: true })) {
    if (!/\.(c?js|css)$/.test(entry.name) || entry.parentPath.includes('node_modules')) continue;
    const file = path.join(entry.parentPath, entry.name);
    const text = fs.readFileSync(file, 'utf8');
    fs.writeFileSync(
      file,
      text.replace(/\n(?:\/\/# sourceMappingURL=\S+|\/\*# sourceMappingURL=\S+ \*\/)\s*$/, '\n'),
    );
  }
}
