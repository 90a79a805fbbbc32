import fs from 'node:fs';
import path from 'node:path';
import { Arch, build, Platform, type Configuration } from 'electron-builder';
import { electronDir, root } from '../places.mjs';
import afterPack from './after-pack.mjs';
import { layOutApp } from './app-source.ts';
import { unpackedDir } from './places.ts';

export interface Unpacked {
  readonly dir: string;
  /** electron-builder.yml as it was read, for makers of our own. */
  readonly config: Configuration;
  /** Of the Electron in it. */
  readonly electron: string;
}

/**
 * The app with its Electron in a folder, fuses set: what every package is made of.
 *
 * @param targets what electron-builder makes of it in the same go, so that all of it is signed once
 */
export async function unpackApp(
  version: string,
  outDir: string,
  targets: readonly string[] = ['dir'],
): Promise<Unpacked> {
  layOutApp(version);
  const electron = fs.readFileSync(path.join(electronDir, 'version'), 'utf8').trim().replace(/^v/, '');
  let config: Configuration | undefined;
  await build({
    projectDir: root,
    targets: Platform.current().createTarget([...targets], hostArch()),
    publish: 'never',
    config: {
      electronDist: electronDir,
      electronVersion: electron,
      directories: { output: outDir },
      ...(hasMacCertificate() ? {} : { mac: unsignedMac }),
      async afterPack(context) {
        ({ config } = context.packager);
        await afterPack(context);
      },
    },
  });
  if (!config) throw new Error('electron-builder has packed nothing.');
  return { dir: unpackedDir(outDir), config, electron };
}

/**
 * By nobody's certificate: then a signature only says that nothing is damaged, and the hardened runtime would load none
 * of the libraries, as they belong to no team.
 */
const unsignedMac = { identity: '-', hardenedRuntime: false, notarize: false } as const;
const hasMacCertificate = () => Boolean(process.env['CSC_LINK'] || process.env['CSC_NAME']);

const hostArch = () => (process.arch === 'arm64' ? Arch.arm64 : Arch.x64);
