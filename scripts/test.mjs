import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { withDisplay } from './display.mjs';
import { buildDir, root } from './places.mjs';
import { readIfThere } from './set-up/step.mjs';

const resultsDir = path.join(buildDir, 'test-results');
const unitResults = path.join(resultsDir, 'unit.json');
const e2eResults = path.join(resultsDir, 'e2e.json');

/**
 * @typedef {{ passed: number, failed: number }} Count
 * @typedef {{ name: string, command: string, args: string[], count?: () => Count }} Stage
 */

/** @type {Stage[]} */
const stages = [
  { name: 'format', command: 'oxfmt', args: ['--check'] },
  {
    name: 'lint',
    command: 'oxlint',
    args: ['--type-aware', '--deny-warnings', '--report-unused-disable-directives'],
  },
  { name: 'types', command: 'tsc', args: ['-b'] },
  { name: 'dead code', command: 'knip', args: [] },
  { name: 'texts', command: 'node', args: ['scripts/check-texts.mjs'] },
  {
    name: 'unit, database and worker tests',
    command: 'vitest',
    args: ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${unitResults}`],
    count: () => {
      const { numPassedTests, numFailedTests, numFailedTestSuites, success } = JSON.parse(
        readIfThere(unitResults),
      );
      // A file that does not load runs none of its tests; it must not pass for want of them.
      return {
        passed: numPassedTests,
        failed: Math.max(numFailedTests, success ? 0 : Math.max(1, numFailedTestSuites && numFailedTests)),
      };
    },
  },
  {
    name: 'end-to-end tests in Electron',
    command: 'playwright',
    args: ['test', '--config', 'e2e/playwright.config.ts', '--reporter=line,json'],
    count: () => {
      const { stats, errors } = JSON.parse(readIfThere(e2eResults));
      return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length };
    },
  },
];

/** @type {NodeJS.Signals[]} */
const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** @type {import('node:child_process').ChildProcess | undefined} */
let running;
let stopped = false;

/** Ends the stage that runs and leaves out the others. What was not tested has not passed. */
function stop() {
  stopped = true;
  running?.kill('SIGTERM');
}

/**
 * Everything that must hold, in the order of what fails fastest. A failing stage does not hide
 * those behind it. The last line is the count.
 *
 * @param {string[]} names only these stages, by the beginning of their names; none means all
 * @returns {Promise<number>}
 */
export async function run(names) {
  fs.rmSync(resultsDir, { recursive: true, force: true });
  fs.mkdirSync(resultsDir, { recursive: true });
  const chosen = stages.filter(
    ({ name }) => names.length === 0 || names.some((start) => name.startsWith(start)),
  );
  return withDisplay(() => runStages(chosen), {
    // Windows that come and go would be in the way, and what the desktop does with them in the results.
    evenIfThereIsOne: true,
    // One test starts the app as another user.
    forEveryone: process.getuid?.() === 0,
  });
}

/**
 * @param {Stage[]} chosen
 * @returns {Promise<number>}
 */
export async function runStages(chosen) {
  const total = { passed: 0, failed: 0 };
  for (const signal of endings) process.on(signal, stop);
  for (const stage of chosen) {
    if (stopped) break;
    const { passed, failed } = await runStage(stage);
    total.passed += passed;
    total.failed += failed;
  }
  for (const signal of endings) process.off(signal, stop);
  if (stopped || total.passed === 0) total.failed = Math.max(1, total.failed);
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
}

/**
 * @param {Stage} stage
 * @returns {Promise<Count>}
 */
async function runStage({ name, command, args, count }) {
  process.stdout.write(`• ${name}\n`);
  const begun = Date.now();
  const { code, output } = await capture(command, args);
  const seconds = ((Date.now() - begun) / 1000).toFixed(1);
  const ok = code === 0;
  if (!ok) process.stdout.write(`${output}\n`);
  let counted = { passed: Number(ok), failed: Number(!ok) };
  try {
    if (count) counted = count();
  } catch {
    counted = { passed: 0, failed: 1 };
  }
  // A stage in which no test ran has shown nothing.
  if (!ok || counted.passed === 0) counted.failed = Math.max(1, counted.failed);
  const tests = count ? `  ${counted.passed} passed, ${counted.failed} failed` : '';
  process.stdout.write(`  ${ok && counted.failed === 0 ? '✓' : '✗'} ${seconds} s${tests}\n`);
  return counted;
}

/**
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<{ code: number, output: string }>}
 */
function capture(command, args) {
  return new Promise((resolve) => {
    const bin = path.join(root, 'node_modules', '.bin');
    const program = path.join(bin, command);
    const isWindows = process.platform === 'win32';
    // There npm leaves a `.cmd`, which only a shell runs. That takes the line as it is, so each part is
    // quoted; a Windows path holds no quotes itself. Not yet run.
    const line = [program, ...args].map((part) => `"${part}"`).join(' ');
    const child = spawn(isWindows ? line : program, isWindows ? [] : args, {
      cwd: root,
      env: {
        ...process.env,
        PATH: `${bin}${path.delimiter}${process.env['PATH'] ?? ''}`,
        PLAYWRIGHT_JSON_OUTPUT_NAME: e2eResults,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: isWindows,
    });
    running = child;
    const begun = Date.now();
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
    // A long silent stage looks like a dead one.
    const sign = setInterval(
      () => process.stdout.write(`  … ${Math.round((Date.now() - begun) / 1000)} s\n`),
      30_000,
    );
    child.once('error', (error) => (output += error.message));
    child.once('close', (code) => {
      clearInterval(sign);
      resolve({ code: code ?? 1, output });
    });
  });
}
