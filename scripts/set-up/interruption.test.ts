import fs from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { markOf } from './process-mark.mjs';
import { makeCheckout, start, startModule } from './testing.ts';

const ground = "import { setUp } from './scripts/set-up/index.mjs'; await setUp('ground');";

/** A checkout whose npm installs nothing. While there is a file "slow" it notes its number and, like npm, heeds no request to end. */
function makeInstallable() {
  const checkout = makeCheckout();
  fs.writeFileSync(path.join(checkout, 'package-lock.json'), '{}');
  const bin = path.join(checkout, 'bin');
  fs.mkdirSync(bin);
  fs.writeFileSync(
    path.join(bin, 'npm'),
    `#!/bin/sh
cd "${checkout}"
if [ -e slow ]; then trap '' INT TERM; echo $$ >npm-pid; exec sleep 600; fi
mkdir -p node_modules && echo '{ "packages": { "": {}, "one": {} } }' >node_modules/.package-lock.json
`,
    { mode: 0o755 },
  );
  const env = {
    PATH: `${bin}${path.delimiter}${process.env['PATH']}`,
    npm_execpath: '',
    npm_config_cache: '',
  };
  return { checkout, env };
}

async function untilInstalling(checkout: string): Promise<number> {
  const file = path.join(checkout, 'npm-pid');
  return vi.waitFor(() => {
    const pid = Number(fs.readFileSync(file, 'utf8'));
    expect(pid).toBeGreaterThan(0);
    return pid;
  });
}

const posix = test.skipIf(process.platform === 'win32');

posix(
  'a set-up after a kill -9 ends the installation that was left running, and then does its own',
  async () => {
    const { checkout, env } = makeInstallable();
    fs.writeFileSync(path.join(checkout, 'slow'), '');
    const killed = startModule(checkout, ground, env);
    const npm = await untilInstalling(checkout);
    killed.child.kill('SIGKILL');
    expect(markOf(npm)).not.toBe('');

    fs.rmSync(path.join(checkout, 'slow'));
    const second = await startModule(checkout, ground, env).ended;
    expect(second).toMatchObject({ code: 0, output: expect.stringContaining('left running') });
    expect(second.output).toMatch(/✓ \d+\.\d s {2}2 packages/);
    expect(markOf(npm)).toBe('');
    expect((await startModule(checkout, ground, env).ended).output).toBe('');
  },
);

posix('Ctrl+C ends the installation, says how to go on, and leaves no lock', async () => {
  const { checkout, env } = makeInstallable();
  fs.writeFileSync(path.join(checkout, 'slow'), '');
  const { child, ended } = start(checkout, ['scripts/run.mjs', 'set-up'], env);
  const npm = await untilInstalling(checkout);
  child.kill('SIGINT');
  expect(await ended).toMatchObject({
    code: 130,
    output: expect.stringMatching(
      /✗ Interrupted\. Run the same command again: it goes on where it stopped\.\n$/,
    ),
  });
  await vi.waitFor(() => expect(markOf(npm)).toBe(''));
  expect(fs.readdirSync(path.join(checkout, 'build'))).not.toContain('set-up.lock');
});

posix('an installation that fails ends in one paragraph: what, why, and what to do', async () => {
  const { checkout, env } = makeInstallable();
  fs.writeFileSync(
    path.join(checkout, 'bin', 'npm'),
    '#!/bin/sh\necho "npm error code EINTEGRITY" >&2\necho "npm error sha512-abc integrity checksum failed" >&2\nexit 1\n',
  );
  const { code, output } = await start(checkout, ['scripts/run.mjs', 'set-up'], env).ended;
  expect(code).toBe(1);
  expect(output.split('\n✗ ')[1]).toMatch(
    /^The npm packages could not be installed\. npm ended with 1: .*integrity checksum failed\. \(More in build\/set-up\.log\.\)\n {2}Check that .+ run the same command again\.\n$/,
  );
  expect(fs.readFileSync(path.join(checkout, 'build', 'set-up.log'), 'utf8')).toContain('EINTEGRITY');
});
