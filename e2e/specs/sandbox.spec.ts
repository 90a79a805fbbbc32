import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { electronDir } from '../../scripts/places.mjs';
import { copyApp, expect, test, type LaunchOptions } from '../fixtures.ts';

/** A user without rights of its own. One without a name needs a user namespace for the server. */
function chooseUser(): { uid: number; gid: number } {
  const nameless = 54_321;
  const tryOut = ['--reuid', `${nameless}`, '--clear-groups', 'unshare', '--user', '--map-user=1', 'true'];
  if (spawnSync('setpriv', tryOut).status === 0) return { uid: nameless, gid: nameless };
  const idOfNobody = (kind: '-u' | '-g') =>
    Number(execFileSync('id', [kind, 'nobody'], { encoding: 'utf8' }));
  return { uid: idOfNobody('-u'), gid: idOfNobody('-g') };
}

test.use({ isFirstStart: true });

test('started by an ordinary user, the page runs in the sandbox of the operating system', async ({
  launch,
  dataDir,
}) => {
  test.skip(process.platform !== 'linux', 'The kernel of Linux is asked.');
  const asRoot = process.getuid?.() === 0;
  let options: Partial<LaunchOptions> = {};
  if (asRoot) {
    // A place of the user's own: the checkout may lie where only root may look.
    const home = path.join(dataDir, 'home');
    fs.mkdirSync(home);
    const appDir = copyApp(home, ['app', 'model', 'postgres']);
    const electron = path.join(home, 'electron');
    execFileSync('cp', ['-a', '--reflink=auto', electronDir, electron]);
    const { uid, gid } = chooseUser();
    const starter = path.join(home, 'start-as-user');
    fs.writeFileSync(
      starter,
      `#!/bin/sh\nexport HOME='${home}' XDG_RUNTIME_DIR=\nexec setpriv --reuid ${uid} --regid ${gid} --clear-groups '${electron}/electron' "$@"\n`,
      { mode: 0o755 },
    );
    execFileSync('chown', ['-R', `${uid}:${gid}`, dataDir]);
    // The helper stays root's, or it refuses to be one.
    execFileSync('chown', ['root:root', path.join(electron, 'chrome-sandbox')]);
    fs.chmodSync(path.join(electron, 'chrome-sandbox'), 0o4755);
    options = { appDir, executable: starter, sandbox: true };
  }
  const loci = await launch(options);
  await loci.ready();
  await loci.searchByMeaningReady();
  const pages = () => loci.processes().filter(({ command }) => command.includes('--type=renderer'));
  const status = (pid: number) => fs.readFileSync(`/proc/${pid}/status`, 'utf8');
  // Electron keeps a spare process for the next page, which is locked in when it is used.
  await expect.poll(() => pages().some(({ pid }) => /^Seccomp:\s+2$/m.test(status(pid)))).toBe(true);
  for (const { pid, command } of pages()) {
    expect(status(pid)).toMatch(/^NoNewPrivs:\s+1$/m);
    expect(command).not.toContain('--no-sandbox');
    expect(fs.readlinkSync(`/proc/${pid}/ns/net`)).not.toBe(fs.readlinkSync('/proc/self/ns/net'));
  }
});
