import { _electron, expect, test as plainTest, type ElectronApplication, type Page } from '@playwright/test';
import type { ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { electronExecutable, root } from '../scripts/places.mjs';
import { isAlive, processTree, type ProcessMark } from './processes.ts';

export interface LaunchOptions {
  readonly dataDir: string;
  /** The app to run; the built one of this checkout unless a test needs an altered copy. */
  readonly appDir?: string;
  readonly executable?: string;
  /** Goes with an executable that gives up root's rights. */
  readonly sandbox?: boolean;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** In main, before it opens anything. */
  readonly first?: Parameters<ElectronApplication['evaluate']>[0];
}

/** What pages of tests need of a running app, the built one or a packaged one. */
export interface AppInUse {
  readonly page: Page;
  call(channel: string, input?: unknown): Promise<unknown>;
}

/** Every test waits for this, so it is asked for more often than things usually are; a first start takes its time. */
const soon = { intervals: [100], timeout: 30_000 };

/** A running Loci and what a test does with it. */
export class Loci implements AppInUse {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly dataDir: string;
  /** Kept here: Playwright forgets it as soon as it has ended. */
  readonly process: ChildProcess;

  constructor(app: ElectronApplication, page: Page, dataDir: string) {
    this.app = app;
    this.page = page;
    this.dataDir = dataDir;
    this.process = app.process();
  }

  get mainPid(): number {
    if (this.process.pid === undefined) throw new Error('Electron has no process id');
    return this.process.pid;
  }

  /** Everything that runs because this app runs, the server included. */
  processes(): ProcessMark[] {
    return processTree(this.mainPid);
  }

  async ready(): Promise<void> {
    await expect
      .poll(() => this.call('app.status'), soon)
      .toMatchObject({ ok: true, value: { phase: 'ready' } });
  }

  async searchByMeaningReady(): Promise<void> {
    await expect
      .poll(() => this.call('app.status'), soon)
      .toMatchObject({ ok: true, value: { phase: 'ready', meaning: { state: 'ready' } } });
  }

  /** Asks main what the page would ask, through the real preload. */
  call(channel: string, input?: unknown): Promise<unknown> {
    return this.page.evaluate(([name, value]) => window.loci.invoke(name, value), [channel, input] as const);
  }

  log(): string {
    return fs.readFileSync(path.join(this.dataDir, 'logs', 'main.log'), 'utf8');
  }

  /** What the server said since its last start. */
  serverLog(): string {
    return fs.readFileSync(path.join(this.dataDir, 'library', 'server.log'), 'utf8');
  }

  /** For what ends the app: the answer may be lost with it, and nobody may wait for it. */
  ask(what: Parameters<ElectronApplication['evaluate']>[0]): void {
    this.app.evaluate(what, undefined).catch(() => undefined);
  }

  /** Quits as a person would and waits until the process is gone. */
  async quit(): Promise<void> {
    const gone = new Promise((resolve) => this.process.once('exit', resolve));
    this.ask(({ app }) => setImmediate(() => app.quit()));
    await gone;
  }
}

/** What Electron is told on this machine whichever app it runs. */
export function machineArgs({ sandbox = false } = {}): string[] {
  return [
    // Root must say that it goes without the sandbox; the spec that proves the sandbox runs as another user.
    ...(process.getuid?.() === 0 && !sandbox ? ['--no-sandbox'] : []),
    // On Wayland, where Electron from 38 on goes by itself, a program cannot place its window.
    ...(process.platform === 'linux' ? ['--ozone-platform=x11'] : []),
  ];
}

/** In the app's folder, what Electron is given to run: it runs the app. */
const heldApp = path.relative(
  root,
  path.dirname(fileURLToPath(new URL('held-app/main.cjs', import.meta.url))),
);

export async function launchLoci(options: LaunchOptions): Promise<Loci> {
  const app = await _electron.launch({
    executablePath: options.executable ?? electronExecutable,
    args: [...machineArgs(options), ...(options.args ?? []), path.join(options.appDir ?? root, heldApp)],
    // The tests look for English words, whatever the machine speaks.
    env: {
      ...cleanEnvironment(),
      LANGUAGE: 'en',
      LC_ALL: 'en_GB.UTF-8',
      LOCI_DATA_DIR: options.dataDir,
      ...options.env,
    },
    // Playwright would take the sandbox away, and decide between light and dark itself.
    chromiumSandbox: options.sandbox ?? false,
    colorScheme: null,
    // Shorter than a test may take, so that what does not start says so with all it printed.
    timeout: 30_000,
  });
  if (options.first) await app.evaluate(options.first, undefined);
  await app.evaluate(() => (globalThis as unknown as { releaseLoci(): Promise<void> }).releaseLoci());
  return new Loci(app, await answeringWindow(app), options.dataDir);
}

/** The first window whose page has begun: one that never does is replaced by the app. */
async function answeringWindow(app: ElectronApplication): Promise<Page> {
  const asked = new Set<Page>();
  return new Promise((resolve, reject) => {
    const ask = (page: Page) => {
      if (asked.has(page)) return;
      asked.add(page);
      page
        .waitForFunction(() => location.protocol === 'app:', undefined, { timeout: 30_000 })
        .then(
          () => resolve(page),
          (error: unknown) => page.isClosed() || reject(error),
        );
    };
    app.on('window', ask);
    for (const page of app.windows()) ask(page);
    app.firstWindow().catch(reject);
  });
}

function cleanEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).filter(([name]) => !/^(LOCI_|ELECTRON_|NODE_|PG)/.test(name));
  return Object.fromEntries(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/** A copy of the app's folder that shares everything but what a test wants to spoil. */
export function copyApp(into: string, ownParts: readonly string[] = []): string {
  const appDir = path.join(into, 'app');
  fs.mkdirSync(path.join(appDir, 'build'), { recursive: true });
  fs.copyFileSync(path.join(root, 'package.json'), path.join(appDir, 'package.json'));
  fs.cpSync(path.join(root, heldApp), path.join(appDir, heldApp), { recursive: true });
  for (const part of ['app', 'model', 'postgres']) {
    const from = path.join(root, 'build', part);
    const to = path.join(appDir, 'build', part);
    if (ownParts.includes(part)) fs.cpSync(from, to, { recursive: true });
    else fs.symlinkSync(from, to);
  }
  return appDir;
}

interface Options {
  /** Of tests that begin without a library; the others have a new one that the app has made before. */
  readonly isFirstStart: boolean;
}

interface Fixtures extends Options {
  /** A folder of the test's own, gone afterwards. */
  readonly dataDir: string;
  /** Starts an app; whatever is still running at the end of the test is stopped and must leave nothing behind. */
  readonly launch: (options?: Partial<LaunchOptions>) => Promise<Loci>;
}

export const test = plainTest.extend<Fixtures>({
  isFirstStart: [false, { option: true }],
  dataDir: async ({ isFirstStart }, use) => {
    const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'loci-e2e-'));
    const made = process.env['E2E_MADE_LIBRARY'];
    if (made !== undefined && !isFirstStart)
      fs.cpSync(made, path.join(dir, 'library'), { recursive: true, preserveTimestamps: true });
    await use(dir);
    fs.rmSync(dir, { recursive: true, force: true });
  },
  launch: async ({ dataDir }, use, info) => {
    const started: Loci[] = [];
    const seen: ProcessMark[] = [];
    await use(async (options = {}) => {
      const loci = await launchLoci({ dataDir, ...options });
      started.push(loci);
      return loci;
    });
    for (const loci of started) {
      if (loci.process.exitCode !== null || loci.process.signalCode !== null) continue;
      seen.push(...loci.processes());
      if (info.status !== info.expectedStatus) await info.attach('main.log', { body: loci.log() });
      await loci.quit();
    }
    await expect.poll(() => seen.filter(isAlive)).toEqual([]);
  },
});

export { expect };
