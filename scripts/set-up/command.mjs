import { spawn } from 'node:child_process';
import { SetUpError } from './set-up-error.mjs';

/**
 * Runs a program to its end and returns what it printed.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, shell?: boolean }} [options]
 * @returns {Promise<string>}
 */
export function run(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    /** @type {Buffer[]} */
    const output = [];
    /** @type {Buffer[]} */
    const complaints = [];
    child.stdout.on('data', (data) => output.push(data));
    child.stderr.on('data', (data) => complaints.push(data));
    child.once('error', (error) => reject(new CommandError(program, args, error.message)));
    child.once('close', (code, signal) => {
      if (code === 0) return resolve(Buffer.concat(output).toString());
      const said = Buffer.concat([...complaints, ...output]).toString();
      return reject(new CommandError(program, args, `ended with ${signal ?? code}: ${lastLines(said)}`));
    });
  });
}

/** @param {string} text */
const lastLines = (text) => text.trim().split('\n').slice(-12).join('\n').slice(-2_000);

export class CommandError extends SetUpError {
  /**
   * @param {string} program
   * @param {readonly string[]} args
   * @param {string} why
   */
  constructor(program, args, why) {
    super(
      `"${[program, ...args].join(' ').slice(0, 300)}" failed.`,
      `It ${why}`,
      'Mend what it names and run the same command again; what is already done is kept.',
    );
  }
}
