import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { bareDebianDir } from '../../scripts/package/places.ts';

const runFile = promisify(execFile);

/**
 * Makes a copy of the bare Debian the whole world of a process: nothing of this machine's files is left to see. Not
 * by chroot, in which the kernel allows no user namespaces, and so no sandbox as people have it.
 */
const enter = `
set -e
mount --make-rprivate /
mount -t overlay overlay -o "lowerdir=$1,upperdir=$2/upper,workdir=$2/work" "$2/root"
cd "$2/root"
mount -t proc proc proc
mount --rbind /dev dev
mount -t tmpfs -o mode=1777 tmpfs dev/shm
mount --rbind /sys sys
mount -t tmpfs -o mode=1777 tmpfs tmp
mkdir -p tmp/.X11-unix srv
mount --bind /tmp/.X11-unix tmp/.X11-unix
mount --bind "$2/srv" srv
pivot_root . mnt
umount -l /mnt
echo entered
exec cat
`;

/** The person on it. */
const ada = { uid: 1000, home: '/home/ada' };

/** A Debian of its own that has never seen Loci, gone without a trace afterwards. */
export class BareMachine {
  readonly #holder: ChildProcess;
  readonly #dir: string;

  private constructor(holder: ChildProcess, dir: string) {
    this.#holder = holder;
    this.#dir = dir;
  }

  static async boot(dir: string): Promise<BareMachine> {
    for (const part of ['upper', 'work', 'root', 'srv'])
      fs.mkdirSync(path.join(dir, part), { recursive: true });
    // A folder of the overlay may be looked at by whoever lives in it.
    fs.chmodSync(dir, 0o755);
    fs.chmodSync(path.join(dir, 'upper'), 0o755);
    const holder = spawn('unshare', ['--mount', 'sh', '-c', enter, 'sh', bareDebianDir, dir], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const said = await Promise.race([once(holder.stdout, 'data'), once(holder, 'exit')]);
    if (!String(said[0]).startsWith('entered')) throw new Error('The bare Debian did not come up');
    return new BareMachine(holder, dir);
  }

  /** What is given is there as `/srv/<name>`. */
  give(file: string): string {
    const name = path.basename(file);
    fs.copyFileSync(file, path.join(this.#dir, 'srv', name));
    return `/srv/${name}`;
  }

  /** A path of that machine as this one sees it. */
  inside(place: string): string {
    return path.join('/proc', String(this.#holder.pid), 'root', place);
  }

  asRoot(...command: string[]): Promise<string> {
    return this.#run(this.#enter(['env', '--chdir=/']), command);
  }

  asAda(...command: string[]): Promise<string> {
    return this.#run(this.adasCommand(), command);
  }

  /** To be put before what Ada starts: her rights, and no more of an environment than a bare one. */
  adasCommand(env: Readonly<Record<string, string>> = { HOME: ada.home, PATH: '/usr/bin:/bin' }): string[] {
    const rights = ['setpriv', `--reuid=${ada.uid}`, `--regid=${ada.uid}`, '--init-groups'];
    const variables = Object.entries({ DISPLAY: process.env['DISPLAY'] ?? '', ...env });
    return this.#enter([
      ...rights,
      'env',
      '-i',
      `--chdir=${ada.home}`,
      ...variables.map(([name, value]) => `${name}=${value}`),
    ]);
  }

  /** What the system consists of, but for lists that dpkg and rpm keep for themselves and caches of the desktop. */
  async systemFiles(): Promise<string[]> {
    const places = ['/usr', '/etc', '/var', '/opt', '/lib', '/bin'];
    const listed = await this.asRoot('find', ...places, '-xdev', '!', '-type', 'd');
    const kept = /^\/var\/(lib\/(dpkg|rpm)|log|cache)|\/(mimeinfo|icon-theme)\.cache$/;
    return listed.split('\n').filter((file) => !kept.test(file));
  }

  async shutDown(): Promise<void> {
    const ended = once(this.#holder, 'exit');
    this.#holder.stdin?.end();
    await ended;
    fs.rmSync(this.#dir, { recursive: true, force: true });
  }

  #enter(command: readonly string[]): string[] {
    return ['nsenter', '--target', String(this.#holder.pid), '--mount', ...command];
  }

  async #run(before: readonly string[], command: readonly string[]): Promise<string> {
    const [program = '', ...args] = [...before, ...command];
    const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', DEBIAN_FRONTEND: 'noninteractive' };
    const { stdout } = await runFile(program, args, { env, maxBuffer: 50e6 });
    return stdout;
  }
}
