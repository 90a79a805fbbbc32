import { execFile } from 'node:child_process';
import fs from 'node:fs';
import { promisify } from 'node:util';
import { debFile, nextDir } from '../../scripts/package/places.ts';
import { onPath } from '../../scripts/set-up/system.mjs';
import { versionAfter, versionOfApp } from '../../scripts/package/version.ts';
import { findByMeaning, writeDown } from './journey.ts';
import { expect, test } from './test.ts';

const version = versionOfApp();
const next = versionAfter(version);

test.skip(
  process.platform !== 'linux' || !fs.existsSync(debFile()),
  'There is a Debian package where dpkg is.',
);

test('lintian, Debian’s own critic, finds no error in the package', async () => {
  test.skip(!onPath('lintian'), 'lintian is not installed.');
  const { stdout } = await promisify(execFile)(
    'lintian',
    ['--allow-root', '--fail-on', 'none', '--no-cfg', debFile()],
    { maxBuffer: 10e6 },
  );
  expect(stdout.split('\n').filter((line) => line.startsWith('E:'))).toEqual([]);
});

test('dpkg installs it, the desktop knows it, and it starts', async ({ machine, start }) => {
  await machine.asRoot('dpkg', '--install', machine.give(debFile()));
  expect(await machine.asRoot('dpkg-query', '-W', '-f', '${Status} ${Version}', 'loci')).toBe(
    `install ok installed ${version}`,
  );
  await machine.asRoot('desktop-file-validate', '/usr/share/applications/loci.desktop');
  expect(await machine.asAda('xdg-mime', 'query', 'default', 'x-scheme-handler/loci')).toBe('loci.desktop\n');
  expect(await machine.asAda('xdg-mime', 'query', 'default', 'application/x-loci-archive')).toBe(
    'loci.desktop\n',
  );
  const types = fs.readFileSync(machine.inside('/usr/share/mime/globs2'), 'utf8');
  expect(types).toContain('application/x-loci-archive:*.loci\n');
  for (const size of ['16x16', '48x48', '256x256', '512x512'])
    expect(fs.existsSync(machine.inside(`/usr/share/icons/hicolor/${size}/apps/loci.png`))).toBe(true);

  const loci = await start({ command: [...machine.adasCommand(), 'loci'], sandbox: true });
  await loci.ready();
  expect(await loci.call('app.report')).toMatchObject({ value: { versions: { app: version } } });

  // By the desktop, as any other program would call it.
  await machine.asAda('xdg-open', 'loci://capture?text=From%20elsewhere');
  const capture = () => loci.pages().find((page) => page.url().includes('capture.html'));
  await expect.poll(() => capture() !== undefined).toBe(true);
  // It only asks: any page may call.
  const asked = () => capture()?.getByText('From elsewhere', { exact: true }).isVisible();
  await expect.poll(asked).toBe(true);
});

test('the next version finds what was written, with a copy from before it; removal leaves only that', async ({
  machine,
  start,
}) => {
  const before = await machine.systemFiles();
  await machine.asRoot('dpkg', '--install', machine.give(debFile()));
  const command = [...machine.adasCommand(), 'loci'];
  const loci = await start({ command, sandbox: true });
  await writeDown(loci);
  expect(await loci.quit()).toBe(0);

  await machine.asRoot('dpkg', '--install', machine.give(debFile(nextDir, next)));
  const updated = await start({ command, sandbox: true });
  await updated.ready();
  expect(await updated.call('app.report')).toMatchObject({ value: { versions: { app: next } } });
  await findByMeaning(updated);
  expect(await updated.quit()).toBe(0);
  const home = machine.inside('/home/ada/.local/share/loci');
  expect(fs.readdirSync(`${home}/library/safety-copies`)).toEqual([
    expect.stringMatching(`-before-${next}$`),
  ]);

  await machine.asRoot('dpkg', '--remove', 'loci');
  expect(fs.existsSync(machine.inside('/usr/lib/loci'))).toBe(false);
  expect(await machine.asRoot('dpkg', '--purge', 'loci')).toContain('~/.local/share/loci');
  expect(await machine.systemFiles()).toEqual(before);
  expect(fs.existsSync(`${home}/library`)).toBe(true);

  await machine.asRoot('dpkg', '--install', machine.give(debFile(nextDir, next)));
  const back = await start({ command, sandbox: true });
  await findByMeaning(back);
});
