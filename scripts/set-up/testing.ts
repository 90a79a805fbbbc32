import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach } from 'vitest';
import { root } from '../places.mjs';

const made: string[] = [];
const started: ChildProcess[] = [];

afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  for (const dir of made.splice(0)) fs.rmSync(dir, { recursive: true, force: true });
});

/** A checkout of the scripts alone, in a folder of its own: what they make there disturbs nobody. */
export function makeCheckout(): string {
  // A space in the path, as people have.
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'loci set-up '));
  made.push(dir);
  fs.cpSync(path.join(root, 'scripts'), path.join(dir, 'scripts'), {
    recursive: true,
    filter: (source) => !source.endsWith('.test.ts'),
  });
  fs.writeFileSync(
    path.join(dir, 'package.json'),
    '{ "name": "loci", "type": "module", "version": "0.1.0" }\n',
  );
  return dir;
}

export interface Started {
  readonly child: ChildProcess;
  /** Resolves when it has printed this. */
  readonly said: (text: string) => Promise<void>;
  readonly ended: Promise<{ code: number | null; signal: string | null; output: string }>;
}

/** Runs a module, given as text, in a checkout. */
export function startModule(checkout: string, source: string, env: NodeJS.ProcessEnv = {}): Started {
  return start(checkout, ['--input-type=module', '--eval', source], env);
}

export function start(cwd: string, args: string[], env: NodeJS.ProcessEnv = {}): Started {
  const child = spawn(process.execPath, args, { cwd, env: { ...process.env, ...env } });
  started.push(child);
  let output = '';
  let look = () => {};
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data) => {
      output += String(data);
      look();
    });
  }
  const ended = new Promise<{ code: number | null; signal: string | null; output: string }>((resolve) =>
    child.once('close', (code, signal) => resolve({ code, signal, output })),
  );
  return {
    child,
    ended,
    said: (text) =>
      new Promise((resolve, reject) => {
        look = () => output.includes(text) && resolve();
        look();
        void ended.then(() => reject(new Error(`It ended without saying "${text}":\n${output}`)));
      }),
  };
}
