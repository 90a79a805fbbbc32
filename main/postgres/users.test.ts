import { execFileSync } from 'node:child_process';
import { chmod, chown, cp, mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { copyTestApp, type TestAppCopy } from './test-app-copy.ts';
import {
  isRoot,
  makeLibrary,
  makeTemporaryDir,
  open,
  query,
  startApp,
  type TestApp,
} from './test-library.ts';
import { binariesDir, temporaryParent } from './testing.ts';

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

let copied: Promise<TestAppCopy & { dir: string }> | undefined;
afterAll(async () => {
  if (copied) await rm((await copied).dir, { recursive: true });
});

/** An app of another user of the system. */
async function startAppOf(uid: number, libraryDir: string): Promise<TestApp> {
  copied ??= (async () => {
    const dir = await mkdtemp(path.join(temporaryParent, 'loci-test-program-'));
    return { ...(await copyTestApp(dir)), dir };
  })();
  return startApp({ libraryDir }, { prefix: asUser(uid), program: await copied });
}

function works(command: readonly string[]): boolean {
  const [file = '', ...args] = command;
  try {
    execFileSync(file, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Runs what follows in a world of its own. The kernel gives no user namespace to who has changed the root of its files. */
const inOtherRoot = (dir: string) => [
  'unshare',
  '--mount',
  '--',
  'sh',
  '-c',
  'mount --rbind / "$0" && exec chroot "$0" "$@"',
  dir,
];
const makeNamespace = ['unshare', '--user', '--map-user=1', 'true'];
/** Whether an unprivileged process may map itself into a user namespace here. */
const namespacesForAll = isRoot && works([...asUser(54_321), ...makeNamespace]);
/** Whether they can be forbidden to a process for a test. Not in most containers, which forbid them anyway. */
const namespacesCanBeForbidden =
  isRoot && works([...inOtherRoot('/mnt'), 'true']) && !works([...inOtherRoot('/mnt'), ...makeNamespace]);

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
  // The program lies as hidden as the library, as it does when all of it is below /root.
  const program = path.join(home, 'postgres');
  await cp(binariesDir, program, { recursive: true });
  const libraryDir = path.join(home, 'library');
  const tuning = { rootStrategy: 'capability' } as const;
  const first = await open(libraryDir, { tuning, binariesDir: program });
  await query(first, 'create table kept (it text)');
  const status = await statusOf(first.facts.postmasterPid);
  expect(status).toMatch(/Uid:\s+65534\s+65534\s+65534\s+65534/);
  // CAP_DAC_OVERRIDE is bit 1, and all it has or can ever get.
  expect(status).toMatch(/CapBnd:\s+0000000000000002/);
  await first.stop();
  const second = await open(libraryDir, { tuning, binariesDir: program });
  expect(await query(second, 'select * from kept')).toEqual([]);
});

test.runIf(namespacesCanBeForbidden)('root finds out that user namespaces are forbidden', async () => {
  const home = await makeTemporaryDir();
  const otherRoot = path.join(home, 'root');
  await mkdir(otherRoot);
  const app = startApp({ libraryDir: path.join(home, 'library') }, { prefix: inOtherRoot(otherRoot) });
  const ready = await app.next('ready');
  expect(await statusOf(ready.pid)).toMatch(/Uid:\s+65534\s/);
  app.send('stop');
  await app.next('stopped');
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
  const app = await startAppOf(someUser.uid, path.join(home, 'library'));
  expect(await app.outcome()).toMatchObject({ event: 'ready' });
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
  const theirs = await startAppOf(someUser.uid, libraryDir);
  expect(await theirs.outcome()).toMatchObject({ event: 'ready' });
  theirs.send('stop');
  await theirs.ended;

  const cluster = await open(libraryDir);
  expect(await statusOf(cluster.facts.postmasterPid)).toMatch(new RegExp(`Uid:\\s+${someUser.uid}\\s`));
  await query(cluster, 'create table by_root (it text)');
  await cluster.stop();
  expect(await ownersBelow(libraryDir)).toEqual([someUser.uid]);

  const again = await startAppOf(someUser.uid, libraryDir);
  expect(await again.outcome()).toMatchObject({ event: 'ready' });
});

asRoot("another user's library is refused to an ordinary user", async () => {
  const libraryDir = await makeLibrary();
  await chmod(path.dirname(libraryDir), 0o755);
  await chmod(libraryDir, 0o755);
  const app = await startAppOf(someUser.uid, libraryDir);
  expect(await app.outcome()).toMatchObject({ event: 'refused', code: 'permission' });
});

test.runIf(namespacesForAll)('a user without a name, as containers have them, opens a library', async () => {
  const home = await makeTemporaryDir();
  await chown(home, 54_321, 54_321);
  const app = await startAppOf(54_321, path.join(home, 'library'));
  expect(await app.outcome()).toMatchObject({ event: 'ready' });
});
