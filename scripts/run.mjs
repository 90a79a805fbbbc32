/**
 * The way into every npm script:  node scripts/run.mjs <task> [arguments]
 *
 * Sets up what is missing, goes over to the Node that comes with the packages, and runs the task.
 * Plain JavaScript for Node 20 without dependencies: on a fresh clone there is nothing else yet.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './places.mjs';
import { stopCommands } from './set-up/command.mjs';
import { describeFailure } from './set-up/failure.mjs';
import { setUp } from './set-up/index.mjs';
import { SetUpError } from './set-up/set-up-error.mjs';

/** The module behind each task: it exports `run(args)`, which resolves with an exit code. */
/** @type {Record<string, string | null>} */
const tasks = {
  'set-up': null,
  start: 'scripts/start.mjs',
  test: 'scripts/test.mjs',
  bench: 'bench/index.ts',
  eval: 'bench/eval.ts',
  screenshots: 'e2e/screenshots.ts',
  package: 'scripts/package/index.ts',
  'library:keep': 'e2e/libraries/keep.ts',
  migration: 'main/database/migration-cli.ts',
  'library:copy': 'main/database/copy-library-cli.ts',
};

const [task = '', ...args] = process.argv.slice(2);
process.on('uncaughtException', (error) => {
  console.error(describeFailure(error));
  process.exit(1);
});
/** @type {NodeJS.Signals[]} */
const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'];
for (const signal of endings) process.on(signal, stopSetUp);
try {
  const module = tasks[task];
  if (module === undefined)
    throw new SetUpError(`There is no task "${task}".`, '', `There are: ${Object.keys(tasks).join(', ')}.`);
  const worked = await setUp('ground');
  if (needsOtherNode()) {
    process.exitCode = await onPackagedNode(process.argv.slice(1));
  } else {
    const built = await setUp('app');
    if (module === null) {
      console.error(built || worked ? '✓ Everything is set up.' : '✓ Everything was in place.');
    } else {
      // From here on an interruption is the task's own business.
      for (const signal of endings) process.off(signal, stopSetUp);
      const { run } = await import(pathToFileURL(path.join(root, module)).href);
      process.exitCode = await run(args);
    }
  }
} catch (error) {
  console.error(describeFailure(error));
  process.exitCode = 1;
}

/** @param {NodeJS.Signals} signal */
function stopSetUp(signal) {
  stopCommands();
  console.error('\n✗ Interrupted. Run the same command again: it goes on where it stopped.');
  process.exit(128 + os.constants.signals[signal]);
}

/** The scripts and tests are TypeScript as it stands, which Node reads from 22.18 and 23.6 on. */
function needsOtherNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major < 22 || (major === 22 && minor < 18) || (major === 23 && minor < 6);
}

/**
 * @param {string[]} argv
 * @returns {Promise<number>}
 */
function onPackagedNode(argv) {
  const bin = path.join(root, 'node_modules', '.bin');
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const node = [`node-${platform}-${process.arch}`, `node-bin-${platform}-${process.arch}`]
    .map((name) =>
      path.join(root, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node'),
    )
    .find((file) => fs.existsSync(file));
  if (!node) {
    throw new SetUpError(
      `Node ${process.versions.node} is too old for the rest.`,
      'For this machine no newer one comes with the npm packages.',
      'Install Node 22.18 or newer from nodejs.org and try again.',
    );
  }
  // npm and apt heed the proxy of the machine; Node does when told to.
  const env = {
    ...process.env,
    NODE_USE_ENV_PROXY: '1',
    PATH: `${bin}${path.delimiter}${process.env['PATH'] ?? ''}`,
  };
  return new Promise((resolve, reject) => {
    const child = spawn(node, argv, { env, stdio: 'inherit' });
    for (const signal of endings) {
      process.off(signal, stopSetUp);
      process.on(signal, () => child.kill(signal));
    }
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + os.constants.signals[signal ?? 'SIGTERM']));
  });
}
