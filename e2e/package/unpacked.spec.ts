import fs from 'node:fs';
import path from 'node:path';
import { llama8B, writePeft } from '../../main/adapters/testing.ts';
import {
  programOf,
  releaseDir,
  resourcesOf,
  tarballFile,
  unpackedDir,
} from '../../scripts/package/places.ts';
import { updateSource, updateSourceName } from '../../scripts/package/update-source.ts';
import { addAdapter, findAdapter, findByMeaning, writeDown } from './journey.ts';
import { versionOfApp } from '../../scripts/package/version.ts';
import { expect, test } from './test.ts';

const adapter = [{ model: llama8B, targets: ['q_proj', 'v_proj'], rank: 2, seed: 1 }, { r: 2 }] as const;

test('the packaged program writes down, finds by meaning, takes an adapter, and has it all at the next start', async ({
  start,
  ownDir,
}) => {
  const place = path.join(ownDir, 'My Programs');
  fs.cpSync(unpackedDir(), path.join(place, path.basename(unpackedDir())), {
    recursive: true,
    verbatimSymlinks: true,
  });
  const command = [programOf(path.join(place, path.basename(unpackedDir())))];
  const env = { ...process.env, LOCI_DATA_DIR: path.join(ownDir, 'My Data') };
  const loci = await start({ command, env });
  await writeDown(loci);
  await findByMeaning(loci);
  await addAdapter(loci, writePeft(path.join(ownDir, 'My Adapters', 'baker-v2'), ...adapter));
  expect(await loci.quit()).toBe(0);

  const again = await start({ command, env });
  await again.ready();
  await findByMeaning(again);
  await findAdapter(again, 'baker-v2');
  expect(await again.quit()).toBe(0);
});

test('one that was only unpacked says that it does not look for newer versions, and About says which it is', async ({
  start,
  ownDir,
}) => {
  test.skip(process.platform !== 'linux', 'Elsewhere what is unpacked is what gets installed.');
  const place = path.join(ownDir, 'loci');
  fs.cpSync(unpackedDir(), place, { recursive: true, verbatimSymlinks: true });
  const source = updateSource('http://127.0.0.1:9/', Buffer.alloc(32, 1).toString('base64'));
  fs.writeFileSync(path.join(resourcesOf(place), updateSourceName), source);
  // As it is when a program that came as an AppImage starts it.
  const env = {
    ...process.env,
    LOCI_DATA_DIR: path.join(ownDir, 'data'),
    APPIMAGE: '/opt/other.AppImage',
    APPDIR: '/tmp/.mount_other',
  };
  const loci = await start({ command: [programOf(place)], env });
  await loci.ready();
  await loci.page.evaluate(() => {
    location.hash = '#/settings';
  });
  await expect(
    loci.page.getByText('This copy of Loci does not look for newer versions.', { exact: false }),
  ).toBeVisible();
  const heading = loci.page.getByRole('heading', { name: 'About Loci' });
  await expect(loci.page.locator('.section').filter({ has: heading })).toContainText(versionOfApp());
  expect(await loci.quit()).toBe(0);
});

/** The kernel's own word on how a process is shut in. */
const statusOf = (pid: number) => fs.readFileSync(`/proc/${pid}/status`, 'utf8');

for (const [whose, env] of Object.entries({
  'a bare environment': { HOME: '/home/ada', PATH: '/usr/bin:/bin' },
  'no environment at all': {},
})) {
  test(`unpacked by an ordinary user into a path with spaces, it works in its sandbox with ${whose}, without our tools and without a network`, async ({
    machine,
    start,
  }) => {
    const archive = machine.give(path.join(releaseDir, path.basename(tarballFile)));
    const place = '/home/ada/My Programs';
    await machine.asAda('mkdir', place);
    await machine.asAda('tar', '-xzf', archive, '-C', place);
    const found = await machine.asAda(
      'sh',
      '-c',
      'command -v node npm npx cc gcc make git python3 psql postgres || true',
    );
    expect(found).toBe('');
    const program = `${place}/${path.basename(tarballFile, '.tar.gz')}/loci`;
    const command = [...machine.adasCommand(env), program];
    const loci = await start({ command, sandbox: true });
    await writeDown(loci);
    await findByMeaning(loci);
    writePeft(machine.inside('/home/ada/My Adapters/baker-v2'), ...adapter);
    await addAdapter(loci, '/home/ada/My Adapters/baker-v2');

    const pages = () => loci.processes().filter(({ command: line }) => line.includes('--type=renderer'));
    await expect.poll(() => pages().some(({ pid }) => /^Seccomp:\s+2$/m.test(statusOf(pid)))).toBe(true);
    for (const { pid, command: line } of pages()) {
      expect(statusOf(pid)).toMatch(/^NoNewPrivs:\s+1$/m);
      expect(line).not.toContain('--no-sandbox');
      expect(fs.readlinkSync(`/proc/${pid}/ns/net`)).not.toBe(
        fs.readlinkSync(`/proc/${loci.mainPid}/ns/net`),
      );
    }
    for (const { pid } of loci.processes()) expect(statusOf(pid)).not.toMatch(/^Uid:\s+0\b/m);
    expect(await loci.quit()).toBe(0);

    const again = await start({ command, sandbox: true });
    await findByMeaning(again);
    await findAdapter(again, 'baker-v2');
    expect(await again.quit()).toBe(0);
    // It writes where people's things are, and nothing into its own folder.
    expect(fs.existsSync(machine.inside('/home/ada/.local/share/loci/library'))).toBe(true);
    const inItsFolder = await machine.asRoot('find', place, '-newer', archive, '-type', 'f');
    expect(inItsFolder).toBe('');
  });
}
