import { execFile } from 'node:child_process';
import fs from 'node:fs';
import { promisify } from 'node:util';
import { nextDir, rpmFile } from '../../scripts/package/places.ts';
import { versionAfter, versionOfApp } from '../../scripts/package/version.ts';
import type { BareMachine } from './bare-machine.ts';
import { findByMeaning, writeDown } from './journey.ts';
import { expect, test } from './test.ts';

const version = versionOfApp();
const next = versionAfter(version);

test.skip(
  process.platform !== 'linux' || !fs.existsSync(rpmFile()),
  'There is a package for Fedora where rpm is.',
);

/**
 * By rpm itself, into a system that is not Fedora: its libraries are there under other names, so what the package
 * asks for by name is not looked at, and the caches of the desktop, which Fedora renews by itself, are renewed here.
 */
async function rpm(machine: BareMachine, ...args: readonly string[]): Promise<string> {
  const place = ['--root', machine.inside('/'), '--dbpath', '/var/lib/rpm'];
  const { stdout } = await promisify(execFile)('rpm', [...place, ...args], { maxBuffer: 10e6 });
  return stdout;
}

async function renewCaches(machine: BareMachine): Promise<void> {
  await machine.asRoot('update-desktop-database', '/usr/share/applications');
  await machine.asRoot('update-mime-database', '/usr/share/mime');
}

test('rpm installs it, it starts in its sandbox, the next version finds what was written, and removal leaves only that', async ({
  machine,
  start,
}) => {
  const before = await machine.systemFiles();
  await rpm(machine, '--install', '--nodeps', rpmFile());
  expect(await rpm(machine, '--query', 'loci')).toContain(`loci-${version}-1`);
  // Owners, modes, links and every byte, as the package says.
  await rpm(machine, '--verify', '--nodeps', 'loci');
  await renewCaches(machine);
  await machine.asRoot('desktop-file-validate', '/usr/share/applications/loci.desktop');
  for (const type of ['x-scheme-handler/loci', 'application/x-loci-archive'])
    expect(await machine.asAda('xdg-mime', 'query', 'default', type)).toBe('loci.desktop\n');
  const command = [...machine.adasCommand(), 'loci'];
  const loci = await start({ command, sandbox: true });
  await writeDown(loci);
  expect(await loci.quit()).toBe(0);

  await rpm(machine, '--upgrade', '--nodeps', rpmFile(nextDir, next));
  await rpm(machine, '--verify', '--nodeps', 'loci');
  const updated = await start({ command, sandbox: true });
  await updated.ready();
  expect(await updated.call('app.report')).toMatchObject({ value: { versions: { app: next } } });
  await findByMeaning(updated);
  expect(await updated.quit()).toBe(0);
  const library = machine.inside('/home/ada/.local/share/loci/library');
  expect(fs.readdirSync(`${library}/safety-copies`)).toEqual([expect.stringMatching(`-before-${next}$`)]);

  await rpm(machine, '--erase', 'loci');
  await renewCaches(machine);
  expect(await machine.systemFiles()).toEqual(before);
  expect(fs.existsSync(library)).toBe(true);
});
