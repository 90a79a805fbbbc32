import { chromium, expect, type Browser, type Page } from '@playwright/test';
import { spawn, type ChildProcess } from 'node:child_process';
import { machineArgs } from '../fixtures.ts';
import { processTree, type ProcessMark } from '../processes.ts';

export interface PackagedOptions {
  /** The program of the package, with whatever has to run it. */
  readonly command: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** For programs that give up root's rights. */
  readonly sandbox?: boolean;
  readonly args?: readonly string[];
}

/**
 * A packaged Loci, driven through its page alone: the inspector of its main process, by which the other end-to-end
 * tests go, is burnt out of it.
 */
export class PackagedLoci {
  readonly page: Page;
  readonly process: ChildProcess;
  readonly #browser: Browser;

  constructor(browser: Browser, page: Page, process: ChildProcess) {
    this.#browser = browser;
    this.page = page;
    this.process = process;
  }

  get mainPid(): number {
    if (this.process.pid === undefined) throw new Error('Loci has no process id');
    return this.process.pid;
  }

  processes(): ProcessMark[] {
    return processTree(this.mainPid);
  }

  pages(): Page[] {
    return this.#browser.contexts().flatMap((context) => context.pages());
  }

  /** Asks main what the page would ask, through the real preload. */
  call(channel: string, input?: unknown): Promise<unknown> {
    return this.page.evaluate(([name, value]) => window.loci.invoke(name, value), [channel, input] as const);
  }

  async ready(): Promise<void> {
    await expect
      .poll(() => this.call('app.status'), { timeout: 60_000 })
      .toMatchObject({ ok: true, value: { phase: 'ready' } });
  }

  async searchByMeaningReady(): Promise<void> {
    await expect
      .poll(() => this.call('app.status'), { timeout: 60_000 })
      .toMatchObject({ ok: true, value: { phase: 'ready', meaning: { state: 'ready' } } });
  }

  /** Closes the window, as a person does, and waits until the program has ended. @returns its exit code */
  async quit(): Promise<number | null> {
    const ended = this.ended();
    await this.page.close({ runBeforeUnload: true }).catch(() => undefined);
    return ended;
  }

  ended(): Promise<number | null> {
    if (this.process.exitCode !== null) return Promise.resolve(this.process.exitCode);
    return new Promise((resolve) => this.process.once('exit', (code) => resolve(code)));
  }

  /** Whatever has become of it; for the end of a test. */
  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = this.ended();
    this.process.kill('SIGTERM');
    await ended;
  }
}

export async function startPackaged(options: PackagedOptions): Promise<PackagedLoci> {
  const [program = '', ...before] = options.command;
  const child = spawn(
    program,
    [...before, ...machineArgs(options), '--remote-debugging-port=0', ...(options.args ?? [])],
    { env: options.env, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const address = await debuggingAddress(child);
  const browser = await chromium.connectOverCDP(address);
  return new PackagedLoci(browser, await mainWindow(browser), child);
}

/** Chromium says where it listens before it opens a window. */
async function debuggingAddress(child: ChildProcess): Promise<string> {
  let said = '';
  return new Promise((resolve, reject) => {
    child.stderr?.on('data', (data) => {
      said += String(data);
      const [, address] = /DevTools listening on (ws:\S+)/.exec(said) ?? [];
      if (address) resolve(address);
    });
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      reject(new Error(`It ended with ${code ?? signal} before it had begun:\n${said}`)),
    );
  });
}

async function mainWindow(browser: Browser): Promise<Page> {
  const [context] = browser.contexts();
  if (!context) throw new Error('There is no page to be seen');
  const isMain = (page: Page) => /^app:\/\/[^/]*\/($|#|index)/.test(page.url());
  await expect.poll(() => context.pages().some(isMain), { timeout: 60_000 }).toBe(true);
  const page = context.pages().find(isMain);
  if (!page) throw new Error('The window has gone again');
  await page.waitForFunction(() => 'loci' in window);
  return page;
}
