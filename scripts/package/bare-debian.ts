import fs from 'node:fs';
import path from 'node:path';
import type { Configuration } from 'electron-builder';
import { run } from '../set-up/command.mjs';
import { openDebian } from '../set-up/debian.mjs';
import { readIfThere } from '../set-up/step.mjs';
import { bareDebianDir, packageDir } from './places.ts';

/** The oldest that packages are promised for. */
const release = 'bookworm';
const furnish = `
export DEBIAN_FRONTEND=noninteractive
mount -t proc proc /proc
apt-get update
apt-get install -y --no-install-recommends "$@"
apt-get clean
rm -rf /var/lib/apt/lists/*
useradd --create-home --shell /bin/sh ada
`;
/** What a desktop has and a package may rely on without naming it. */
const desktop = ['xdg-utils', 'desktop-file-utils', 'shared-mime-info', 'sudo'];

/**
 * A Debian of its own in a folder, with what the package asks for and nothing of ours: no checkout, no Node, no
 * compiler. Packages are tried in copies of it. Signatures are checked; made once, kept until its list changes.
 */
export async function makeBareDebian({ deb }: Configuration): Promise<void> {
  // Of each alternative the last: the older name.
  const needed = (deb?.depends ?? []).map((line) =>
    line
      .split('|')
      .at(-1)
      ?.replace(/\(.*\)/, '')
      .trim(),
  );
  const packages = [...needed, ...desktop].join(' ');
  const stamp = path.join(packageDir, 'bare-debian.list');
  if (fs.existsSync(bareDebianDir) && readIfThere(stamp) === packages) return;
  const scratch = fs.mkdtempSync(path.join(packageDir, 'apt-'));
  const what = 'A bare Debian to try the packages in could not be made.';
  try {
    const debian = await openDebian(scratch);
    if (!debian) throw new Error('There is no Debian mirror that this machine uses.');
    fs.rmSync(bareDebianDir, { recursive: true, force: true });
    // What is mounted in there goes with the process, however it ends.
    await run(
      'unshare',
      ['--mount', 'debootstrap', '--variant=minbase', release, bareDebianDir, debian.site],
      {
        what,
      },
    );
    // By apt of that Debian, which resolves what debootstrap does not.
    await run(
      'unshare',
      ['--mount', 'chroot', bareDebianDir, 'sh', '-ec', furnish, 'sh', ...packages.split(' ')],
      {
        what,
      },
    );
    // Only so that updating can be tried: on a desktop a window asks for the password.
    fs.writeFileSync(path.join(bareDebianDir, 'etc/sudoers.d/ada'), 'ada ALL=(ALL) NOPASSWD: ALL\n', {
      mode: 0o440,
    });
    fs.writeFileSync(stamp, packages);
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}
