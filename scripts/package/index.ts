/**
 * npm run package [-- --without-tests | --tests-only | --quickly]; with LOCI_RELEASE=1 it fails unless everything was made.
 *
 * Makes every package that can be made on the machine it runs on into release/, says what could not be made and why,
 * and tries what it made: Playwright drives the packaged programs themselves, on Linux also in a bare Debian of
 * their own.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { withDisplay } from '../display.mjs';
import { root } from '../places.mjs';
import { keepSourceMaps } from './app-source.ts';
import { makeAppImage } from './appimage.ts';
import { makeBareDebian } from './bare-debian.ts';
import { writeChecksums } from './checksums.ts';
import { makeDeb } from './deb.ts';
import { machinesPrefix, nextDir, packageDir, releaseDir, resourcesOf } from './places.ts';
import { makeRpm } from './rpm.ts';
import { writeSbom } from './sbom.ts';
import { describeSizes } from './sizes.ts';
import { makeTarball } from './tarball.ts';
import { bringTools } from './tools.ts';
import { updateSourceName } from './update-source.ts';
import { unpackApp, type Unpacked } from './unpacked-app.ts';
import { versionAfter, versionOfApp } from './version.ts';

export async function run(args: readonly string[]): Promise<number> {
  const missingTools = await bringTools();
  const notMade: string[] = [];
  fs.mkdirSync(packageDir, { recursive: true });
  if (!args.includes('--tests-only'))
    notMade.push(...(await makeAll({ quickly: args.includes('--quickly') })));
  const code = args.includes('--without-tests') ? 0 : await tryOut(missingTools);
  say(`In ${path.relative(process.cwd(), releaseDir) || '.'}:`);
  for (const name of artifacts()) say(`  ${sizeOf(name)}  ${name}`);
  for (const why of notMade) say(`✗ not made here: ${why}`);
  if (missingTools !== undefined) say(`✗ not tried out in a bare Debian. It takes, once:  ${missingTools}`);
  say('Without certificates what is made here is signed by nobody; the release workflow has them.');
  return process.env['LOCI_RELEASE'] === '1' && notMade.length > 0 ? 1 : code;
}

/** Quickly: packed less, for who only wants to try something out. */
interface Pace {
  readonly quickly: boolean;
}

/** Returns what could not be made, each with its reason. */
async function makeAll({ quickly }: Pace): Promise<string[]> {
  fs.rmSync(releaseDir, { recursive: true, force: true });
  const version = versionOfApp();
  step(`Laying out Loci ${version}`);
  const unpacked = await unpackApp(version, releaseDir, byElectronBuilder[process.platform]);
  keepSourceMaps();
  if (!fs.existsSync(path.join(resourcesOf(unpacked.dir), updateSourceName)))
    say('  without an address for updates: this Loci does not look for any');
  console.log(describeSizes(unpacked.dir));
  const notMade = process.platform === 'linux' ? await makeForLinux(unpacked, version, { quickly }) : [];
  const { electron } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'))
    .devDependencies as {
    electron: string;
  };
  if (unpacked.electron !== electron)
    notMade.push(
      `a package to give to others: this one has Electron ${unpacked.electron}, which set-up found in place of ${electron}`,
    );
  writeSbom(unpacked.electron);
  writeChecksums(artifacts());
  return notMade;
}

/** On Linux it only lays out: its helpers for packages are made elsewhere and downloaded, dpkg and rpm are not. */
const byElectronBuilder: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ['dmg', 'zip'],
  win32: ['nsis', 'portable'],
};

async function makeForLinux(unpacked: Unpacked, version: string, { quickly }: Pace): Promise<string[]> {
  const options = { unpacked: unpacked.dir, config: unpacked.config, version, outDir: releaseDir, quickly };
  step('Making the Debian package');
  await makeDeb(options);
  step('Making the archive for any Linux');
  await makeTarball(unpacked.dir, { quickly });
  step('Making the package for Fedora and its relatives');
  const noRpm = await makeRpm(options);
  step('Making the AppImage');
  const noAppImage = await makeAppImage(options);
  step(`Making version ${versionAfter(version)} to try out updates with`);
  await makeNext(version);
  if (process.getuid?.() === 0) {
    step('Making a bare Debian to try the packages in');
    await makeBareDebian(unpacked.config);
  }
  return [noRpm, noAppImage].filter((why) => why !== undefined);
}

async function makeNext(version: string): Promise<void> {
  const next = versionAfter(version);
  const { dir, config } = await unpackApp(next, nextDir);
  const options = { unpacked: dir, config, version: next, outDir: nextDir, quickly: true };
  await makeDeb(options);
  await makeRpm(options);
  fs.rmSync(dir, { recursive: true });
}

/** Where the kernel allows it, without any network but the machine's own loop: packages must not miss it. */
async function tryOut(missingTools: string | undefined): Promise<number> {
  step('Trying out what was made');
  // What tests that were interrupted left.
  for (const name of fs.readdirSync(packageDir))
    if (name.startsWith(machinesPrefix)) fs.rmSync(path.join(packageDir, name), { recursive: true });
  const playwright = [
    process.execPath,
    path.join(root, 'node_modules', '@playwright', 'test', 'cli.js'),
    'test',
    '--config',
    path.join(root, 'e2e', 'package', 'playwright.config.ts'),
  ];
  const alone = ['unshare', '--net', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'];
  const canBeAlone = process.platform === 'linux' && process.getuid?.() === 0 && missingTools === undefined;
  const [program = '', ...args] = canBeAlone ? [...alone, ...playwright] : playwright;
  return withDisplay(
    () =>
      new Promise<number>((resolve, reject) => {
        const child = spawn(program, args, { cwd: root, stdio: 'inherit' });
        child.once('error', reject);
        child.once('exit', (code) => resolve(code ?? 1));
      }),
    { evenIfThereIsOne: true, forEveryone: process.getuid?.() === 0 },
  );
}

/** What people get; not the folders that packages are made from. */
function artifacts(): string[] {
  return fs
    .readdirSync(releaseDir, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !/^builder-|\.(ya?ml|blockmap)$/.test(entry.name))
    .map((entry) => entry.name)
    .toSorted();
}

const sizeOf = (name: string) =>
  `${(fs.statSync(path.join(releaseDir, name)).size / 1e6).toFixed(1)} MB`.padStart(9);
const say = (line: string) => console.log(line);
const step = (what: string) => console.log(`• ${what}`);
