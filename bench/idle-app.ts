import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { electronExecutable, root } from '../scripts/places.mjs';

const longestWaitMs = 120_000;

/** The app as people run it, with nobody watching but the probe. */
export interface IdleApp {
  readonly pid: number;
  /** Runs code in the page of its first window. */
  page(code: string): Promise<unknown>;
  /** Until what the code answers with in the page is true. */
  waitFor(what: string, code: string): Promise<void>;
  closeWindows(): Promise<void>;
  end(): Promise<void>;
}

export async function startIdleApp(scratch: string, dataDir: string): Promise<IdleApp> {
  const child = spawn(
    electronExecutable,
    [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      `--user-data-dir=${path.join(dataDir, 'profile')}`,
      probedApp(scratch),
    ],
    {
      env: {
        ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('LOCI_'))),
        LOCI_DATA_DIR: dataDir,
        LOCI_BENCH_MAIN: path.join(root, 'build', 'app', 'main', 'index.cjs'),
      },
      stdio: ['pipe', 'pipe', 'ignore'],
    },
  );
  const { pid } = child;
  if (pid === undefined) throw new Error('Electron could not be started.');
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const asked = new Map<number, PromiseWithResolvers<unknown>>();
  readline.createInterface({ input: child.stdout }).on('line', (line) => {
    if (!line.startsWith('probe ')) return;
    const { id, value, error } = JSON.parse(line.slice('probe '.length)) as {
      id: number;
      value?: unknown;
      error?: string;
    };
    const waiting = asked.get(id);
    asked.delete(id);
    if (error === undefined) waiting?.resolve(value);
    else waiting?.reject(new Error(error));
  });
  let count = 0;
  function ask(deed: string, code?: string): Promise<unknown> {
    const id = ++count;
    const waiting = Promise.withResolvers<unknown>();
    asked.set(id, waiting);
    child.stdin.write(`${JSON.stringify({ id, deed, code })}\n`);
    return waiting.promise;
  }
  async function answersYes(code: string): Promise<boolean> {
    try {
      return (await ask('page', code)) === true;
    } catch {
      // There is no window yet, or no page in it.
      return false;
    }
  }
  return {
    pid,
    page: (code) => ask('page', code),
    async waitFor(what, code) {
      const until = Date.now() + longestWaitMs;
      while (!(await answersYes(code))) {
        if (Date.now() > until) throw new Error(`Never came: ${what}`);
        await pause(200);
      }
    },
    async closeWindows() {
      await ask('close');
    },
    async end() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** The app as it is, started through the probe. */
function probedApp(scratch: string): string {
  const appDir = path.join(scratch, 'app');
  fs.mkdirSync(appDir, { recursive: true });
  const own = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as object;
  fs.writeFileSync(
    path.join(appDir, 'package.json'),
    JSON.stringify({ ...own, main: 'probe.cjs', type: 'commonjs' }),
  );
  fs.copyFileSync(path.join(root, 'bench', 'idle-probe.cjs'), path.join(appDir, 'probe.cjs'));
  for (const part of ['build', 'resources']) fs.symlinkSync(path.join(root, part), path.join(appDir, part));
  return appDir;
}
