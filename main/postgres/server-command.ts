import { spawn, type ChildProcess } from 'node:child_process';
import { commandPath, type ServerIdentity } from './server-identity.ts';

/**
 * What server processes see of the environment. LANG, LC_*, PG* and TZ would change how the cluster
 * is made or runs; LD_PRELOAD, NODE_OPTIONS and secrets are none of its business.
 */
export function serverEnvironment(): Record<string, string> {
  if (process.platform === 'win32') {
    // Windows programs do not start without their system variables.
    const unwanted = /^(LANG|LANGUAGE|LC_.*|PG.*|TZ|NODE_OPTIONS|ELECTRON_.*)$/i;
    const kept = Object.entries(process.env).filter(([name]) => !unwanted.test(name));
    return {
      ...Object.fromEntries(kept.map(([name, value]) => [name, value ?? ''])),
      LC_ALL: 'C',
      TZ: 'UTC',
    };
  }
  // LC_ALL must name a locale on macOS: without one the system library starts a thread, and the
  // postmaster refuses to run with threads.
  // TZ spares initdb the search for the machine's zone, through a thousand files.
  return { PATH: commandPath, LC_ALL: 'C', TZ: 'UTC' };
}

export interface CommandResult {
  /** Undefined when a signal or the time limit ended it. */
  readonly code: number | undefined;
  /** Both streams, as far as they are of interest in a log. */
  readonly output: string;
}

const keptOutputChars = 8_000;

export interface CommandOptions {
  readonly timeoutMs: number;
  readonly input?: string;
  /** Aborting ends the command and what it has started. */
  readonly signal?: AbortSignal | undefined;
}

/** Runs one server command to its end. Never throws for what the command did; only if it cannot be started. */
export function runServerCommand(
  identity: ServerIdentity,
  command: readonly string[],
  { timeoutMs, input, signal }: CommandOptions,
): Promise<CommandResult> {
  const [file = '', ...args] = [...identity.prefix, ...command];
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      env: serverEnvironment(),
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
    });
    let output = '';
    const keep = (text: string) => {
      output = (output + text).slice(-keptOutputChars);
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    const stop = () => killWithChildren(child);
    const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    signal?.addEventListener('abort', stop);
    if (signal?.aborted) stop();
    const finish = (code: number | null) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      resolve({ code: code ?? undefined, output });
    };
    child.once('error', (error) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      reject(error);
    });
    // Not 'close': pg_ctl leaves a server behind that may hold our pipes.
    child.once('exit', (code) => setImmediate(finish, code));
    // A command that ends without reading its input is no failure of ours.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input ?? '');
  });
}

/** Not yet run on Windows. There a process dies alone, and the servers of initdb would go on writing. */
function killWithChildren(child: ChildProcess): void {
  if (process.platform === 'win32' && child.pid !== undefined)
    spawn('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore', windowsHide: true }).on(
      'error',
      () => child.kill('SIGKILL'),
    );
  else child.kill('SIGKILL');
}
