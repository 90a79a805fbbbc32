import { execFileSync } from 'node:child_process';
import { chmod, chown, mkdir, readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { isRoot, makeLibrary, makeTemporaryDir, open, query, startApp } from './test-library.ts';

// All of it needs root: to be root, or to become somebody else. The tests that run as an ordinary user are all others.
const asRoot = test.runIf(isRoot && process.platform === 'linux');

/** Any user of the system who has a name and is not us. */
const someUser = { uid: 1, gid: 1 };
const asUser = (uid: number) => [
  'setpriv',
  `--reuid=${uid}`,
  `--regid=${uid}`,
  '--clear-groups',
  '--no-new-privs',
];

/** Whether an unprivileged process may map itself into a user namespace here. */
const namespacesForAll = (() => {
  if (!isRoot) return false;
  try {
    const [file, ...args] = [...asUser(54_321), 'unshare', '--user', '--map-user=1', 'true'];
    execFileSync(file, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

async function ownersBelow(dir: string): Promise<number[]> {
  const uids = new Set<number>();
  for (const name of await readdir(dir, { recursive: true }))
    uids.add((await stat(path.join(dir, name))).uid);
  return [...uids];
}

const statusOf = (pid: number) => readFile(`/proc/${pid}/status`, 'utf8');

asRoot("root opens a library below a folder that only root may enter; its files stay root's", async () => {
  const home = await makeTemporaryDir();
  await chmod(home, 0o700);
  const libraryDir = path.join(home, 'library');
  const cluster = await open(libraryDir, { tuning: { rootStrategy: 'user-namespace' } });
  expect(await query(cluster, 'select current_user as who')).toEqual([{ who: 'loci' }]);
  // In a namespace of its own it has a number that is not root's, and no rights over the rest of the system.
  expect(await readFile(`/proc/${cluster.facts.postmasterPid}/uid_map`, 'utf8')).toMatch(
    /^\s*[1-9]\d*\s+0\s+1\s*$/,
  );
  await cluster.stop();
  expect(await ownersBelow(libraryDir)).toEqual([0]);
});

asRoot("where user namespaces are forbidden, root's server runs as nobody and still gets there", async () => {
  const home = await makeTemporaryDir();
  await chmod(home, 0o700);
  const libraryDir = path.join(home, 'library');
  const tuning = { rootStrategy: 'capability' } as const;
  const first = await open(libraryDir, { tuning });
  await query(first, 'create table kept (it text)');
  const status = await statusOf(first.facts.postmasterPid);
  expect(status).toMatch(/Uid:\s+65534\s+65534\s+65534\s+65534/);
  // CAP_DAC_OVERRIDE is bit 1, and all it has or can ever get.
  expect(status).toMatch(/CapBnd:\s+0000000000000002/);
  await first.stop();
  const second = await open(libraryDir, { tuning });
  expect(await query(second, 'select * from kept')).toEqual([]);
});

asRoot('a library of root from one way opens in the other', async () => {
  const libraryDir = await makeLibrary();
  const given = await open(libraryDir, { tuning: { rootStrategy: 'capability' } });
  await given.stop();
  expect((await open(libraryDir)).facts.firstStart).toBe(false);
});

asRoot('an ordinary user opens a library', async () => {
  const home = await makeTemporaryDir();
  await chown(home, someUser.uid, someUser.gid);
  const app = startApp({ libraryDir: path.join(home, 'library') }, { prefix: asUser(someUser.uid) });
  const ready = await app.outcome();
  expect(ready).toMatchObject({ event: 'ready' });
  app.send('stop');
  await app.next('stopped');
  expect(await ownersBelow(home)).toEqual([someUser.uid]);
});

asRoot("root may open a user's library without locking them out of it", async () => {
  const home = await makeTemporaryDir();
  const libraryDir = path.join(home, 'library');
  await mkdir(libraryDir);
  await chown(libraryDir, someUser.uid, someUser.gid);
  await chown(home, someUser.uid, someUser.gid);
  const theirs = startApp({ libraryDir }, { prefix: asUser(someUser.uid) });
  expect(await theirs.outcome()).toMatchObject({ event: 'ready' });
  theirs.send('stop');
  await theirs.ended;

  const cluster = await open(libraryDir);
  expect(await statusOf(cluster.facts.postmasterPid)).toMatch(new RegExp(`Uid:\\s+${someUser.uid}\\s`));
  await query(cluster, 'create table by_root (it text)');
  await cluster.stop();
  expect(await ownersBelow(libraryDir)).toEqual([someUser.uid]);

  const again = startApp({ libraryDir }, { prefix: asUser(someUser.uid) });
  expect(await again.outcome()).toMatchObject({ event: 'ready' });
});

asRoot("another user's library is refused to an ordinary user", async () => {
  const libraryDir = await makeLibrary();
  await chmod(path.dirname(libraryDir), 0o755);
  await chmod(libraryDir, 0o755);
  const app = startApp({ libraryDir }, { prefix: asUser(someUser.uid) });
  expect(await app.outcome()).toMatchObject({ event: 'refused', code: 'permission' });
});

test.runIf(namespacesForAll)('a user without a name, as containers have them, opens a library', async () => {
  const home = await makeTemporaryDir();
  await chown(home, 54_321, 54_321);
  const app = startApp({ libraryDir: path.join(home, 'library') }, { prefix: asUser(54_321) });
  expect(await app.outcome()).toMatchObject({ event: 'ready' });
});
