import { spawn } from 'node:child_process';
import path from 'node:path';
import { log } from './log.mjs';
import { forget, remember } from './leftovers.mjs';
import { SetUpError } from './set-up-error.mjs';

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/**
 * Ends what set-up is running, because set-up itself is ended. At once: npm, asked politely, goes on
 * for half a minute, and what is half made is made anew anyhow.
 */
export function stopCommands() {
  for (const child of running) child.kill('SIGKILL');
}

/**
 * Runs a program to its end and returns what it printed.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, shell?: boolean, what?: string, advice?: string, mustFinish?: boolean }} [options]
 *   with what to tell a person when it fails: what that means and what to do. What must finish is not
 *   ended with set-up; the next one waits for it.
 * @returns {Promise<string>}
 */
export function run(program, args, { what, advice, mustFinish = false, ...options } = {}) {
  const line = [program, ...args].join(' ');
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    if (!mustFinish) running.add(child);
    remember(child.pid, mustFinish);
    /** @type {Buffer[]} */
    const output = [];
    /** @type {Buffer[]} */
    const complaints = [];
    child.stdout.on('data', (data) => output.push(data));
    child.stderr.on('data', (data) => complaints.push(data));
    /** @param {string} ending @param {string} said */
    const fail = (ending, said) => {
      log(`${line}\n${said}\n${ending}`);
      reject(new CommandError(what ?? `"${line.slice(0, 200)}" failed.`, ending, said, advice));
    };
    child.once('error', (error) => {
      running.delete(child);
      fail(`It could not be run: ${error.message}.`, '');
    });
    child.once('close', (code, signal) => {
      running.delete(child);
      forget(child.pid);
      const said = Buffer.concat([...complaints, ...output]).toString();
      if (code !== 0) return fail(`${path.basename(program)} ended with ${signal ?? code}`, said);
      log(`${line}\n${said}`);
      return resolve(Buffer.concat(output).toString());
    });
  });
}

export class CommandError extends SetUpError {
  /**
   * @param {string} what
   * @param {string} ending
   * @param {string} said
   * @param {string} [advice]
   */
  constructor(
    what,
    ending,
    said,
    advice = 'Mend what it names and run the same command again; what is already done is kept.',
  ) {
    const gist = gistOf(said);
    super(what, gist ? `${ending}: ${gist}` : ending, advice);
    this.name = 'CommandError';
  }
}

/** Places in code, and where npm says its own log is. */
const notTelling = /^(at|const|throw|new) |^(file|node):|^\^|^error:?$|A complete log of this run/;

/**
 * The lines of a failed program's output that say why, for a person; the log has the rest.
 *
 * @param {string} output
 */
export function gistOf(output) {
  const lines = output
    // oxlint-disable-next-line no-control-regex -- programs colour their errors with control characters.
    .replaceAll(/\u001B\[[\d;]*m/g, '')
    .split('\n')
    .map((line) => line.replace(/^npm (error|ERR!)\s*/, 'error: ').trim())
    .filter((line) => line && !notTelling.test(line));
  const telling = lines.filter((line) => /error|fatal|cannot|could not|failed|unable|^E:/i.test(line));
  const chosen = telling.length > 0 ? telling.slice(0, 3) : lines.slice(-2);
  return chosen
    .map((line) => line.replace(/^error: /, ''))
    .join('; ')
    .slice(0, 500);
}
