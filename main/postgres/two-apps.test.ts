import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { expect, test } from 'vitest';
import { silentLog } from '../logging/log.ts';
import { openCluster } from './cluster.ts';
import { lockFileOf } from './lock-file.ts';
import {
  afterThisTest,
  isRoot,
  makeLibrary,
  makeTemporaryDir,
  open,
  processesOf,
  startApp,
} from './test-library.ts';
import { binariesDir } from './testing.ts';

test('a second app asks the first to come to the front and leaves', async () => {
  const libraryDir = await makeLibrary();
  const first = startApp({ libraryDir });
  await first.next('ready');
  const second = startApp({ libraryDir });
  expect(await second.outcome()).toMatchObject({ event: 'refused', code: 'already_open' });
  await first.next('knock');
  first.send('stop');
  await first.next('stopped');
});

test('of six apps started at once on a library that does not exist yet, one opens it', async () => {
  const libraryDir = path.join(await makeTemporaryDir(), 'library');
  const apps = Array.from({ length: 6 }, () => startApp({ libraryDir }));
  const outcomes = await Promise.all(apps.map((app) => app.outcome()));
  expect(outcomes.map((each) => (each.event === 'ready' ? 'ready' : each.code)).toSorted()).toEqual([
    ...Array.from({ length: 5 }, () => 'already_open'),
    'ready',
  ]);
  const postmasters = (await processesOf(libraryDir)).filter((command) =>
    /^\S+\/bin\/postgres -D/.test(command),
  );
  expect(postmasters).toHaveLength(1);
});

test('an app started while the first is closing waits and then opens', async () => {
  const libraryDir = await makeLibrary();
  const first = await open(libraryDir);
  const leaving = first.stop();
  const second = await open(libraryDir);
  await leaving;
  expect(second.facts.postmasterPid).not.toBe(first.facts.postmasterPid);
});

test('after kill -9 of the first app the next is not sent away', async () => {
  const libraryDir = await makeLibrary();
  const first = startApp({ libraryDir });
  await first.next('ready');
  first.kill('SIGKILL');
  await first.ended;
  expect(await startApp({ libraryDir }).outcome()).toMatchObject({ event: 'ready' });
});

const asInAnotherContainer = [
  'unshare',
  '--net',
  '--ipc',
  '--pid',
  '--mount-proc',
  '--fork',
  '--kill-child',
  '--',
] as const;
const canBeInAnotherContainer =
  isRoot && spawnSync(asInAnotherContainer[0], [...asInAnotherContainer.slice(1), 'true']).status === 0;

test.runIf(canBeInAnotherContainer)(
  'an app in another container, which sees neither our processes nor our sockets, is refused',
  async () => {
    const libraryDir = await makeLibrary();
    const cluster = await open(libraryDir);
    const other = startApp({ libraryDir }, { prefix: asInAnotherContainer });
    expect(await other.outcome()).toMatchObject({ event: 'refused', code: 'already_open' });
    expect(await readFile(lockFileOf(cluster.facts.dataDir), 'utf8')).toMatch(
      new RegExp(`^${cluster.facts.postmasterPid}\n`),
    );
    await cluster.stop();
  },
);

test.runIf(process.platform === 'linux')(
  'nobody can keep us from our library by taking our name',
  async () => {
    const libraryDir = await makeLibrary();
    const squatter = net.createServer((socket) => void socket.end('shown\n'));
    const hash = createHash('sha256').update(libraryDir).digest('hex').slice(0, 32);
    await new Promise<void>((resolve) => {
      squatter.listen({ path: `\0loci-${hash}` }, resolve);
    });
    afterThisTest(
      () =>
        new Promise((resolve) => {
          squatter.close(resolve);
        }),
    );
    const cluster = await open(libraryDir);
    const second = startApp({ libraryDir });
    expect(await second.outcome()).toMatchObject({ event: 'refused', code: 'already_open' });
    await cluster.stop();
    await open(libraryDir);
  },
);

test('a start that failed gives the library free again', async () => {
  const libraryDir = await makeLibrary();
  const options = { libraryDir, log: silentLog, appVersion: 'test' };
  const aborted = AbortSignal.abort(new Error('called off'));
  await expect(openCluster({ ...options, binariesDir, signal: aborted })).rejects.toThrow('called off');
  await open(libraryDir);
});
