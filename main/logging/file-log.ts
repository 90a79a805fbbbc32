import fs from 'node:fs';
import path from 'node:path';
import type { Log, LogFacts, LogLevel } from './log.ts';

export interface FileLogOptions {
  readonly dir: string;
  /** Without the ending: `main` becomes main.log, main.1.log, main.2.log … */
  readonly name: string;
  readonly maxBytes?: number;
  readonly keep?: number;
  /** In development everything is also said on the terminal. */
  readonly echo?: boolean;
}

/**
 * A log in rotated files, one JSON line an event.
 *
 * Written synchronously: it is a few lines a minute, and the last line before a crash is the one
 * that matters. A log that cannot be written (full disk) must never take the app down.
 */
export function openFileLog({
  dir,
  name,
  maxBytes = 2_000_000,
  keep = 4,
  echo = false,
}: FileLogOptions): Log {
  const file = (age: number) => path.join(dir, age === 0 ? `${name}.log` : `${name}.${age}.log`);
  let size = 0;
  try {
    fs.mkdirSync(dir, { recursive: true, mode: 0o700 });
    size = fs.statSync(file(0), { throwIfNoEntry: false })?.size ?? 0;
  } catch {
    // Each write tries again and fails on its own.
  }

  function rotate(): void {
    fs.rmSync(file(keep), { force: true });
    for (let age = keep - 1; age >= 0; age--) {
      if (fs.existsSync(file(age))) fs.renameSync(file(age), file(age + 1));
    }
    size = 0;
  }

  function write(level: LogLevel, message: string, facts: LogFacts): void {
    const line = `${JSON.stringify({ at: new Date().toISOString(), level, message, ...facts })}\n`;
    if (echo) process.stderr.write(line);
    try {
      if (size + line.length > maxBytes) rotate();
      fs.appendFileSync(file(0), line, { mode: 0o600 });
      size += Buffer.byteLength(line);
    } catch {
      // See above.
    }
  }

  return {
    info: (message, facts = {}) => write('info', message, facts),
    warn: (message, facts = {}) => write('warn', message, facts),
    error: (message, error, facts = {}) => write('error', message, { ...facts, ...describeError(error) }),
  };
}

/**
 * Stack and code, not the error's own properties: database errors carry `detail` and `parameters`
 * with what a person wrote.
 */
function describeError(error: unknown): LogFacts {
  if (error === undefined) return {};
  if (!(error instanceof Error)) return { error: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return {
    error: error.name,
    code,
    stack: frames(error),
    cause: error.cause instanceof Error ? frames(error.cause) : undefined,
  };
}

/** The message of a database error quotes the statement or the whole row; only other errors keep theirs. */
function frames(error: Error): string {
  const fromDatabase =
    'severity' in error || 'sql' in error || 'getEntity' in error || error.name.endsWith('Exception');
  const stack = error.stack ?? '';
  const at = stack.split('\n').filter((line) => line.startsWith('    at '));
  return [fromDatabase ? error.name : `${error.name}: ${error.message}`, ...at].join('\n');
}
