import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { makeCheckout, startModule } from './set-up/testing.ts';

/** Runs stages whose programs are shell scripts, and returns what a person sees. */
function startStages(programs: Record<string, string>, stages: string) {
  const checkout = makeCheckout();
  const bin = path.join(checkout, 'node_modules', '.bin');
  fs.mkdirSync(bin, { recursive: true });
  for (const [name, script] of Object.entries(programs))
    fs.writeFileSync(path.join(bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return startModule(
    checkout,
    `import { runStages } from './scripts/test.mjs'; process.exitCode = await runStages(${stages});`,
  );
}

const posix = test.skipIf(process.platform === 'win32');
const lastLine = (output: string) => output.split('\n').slice(-2);

posix('the last line is the count, and all went well', async () => {
  const stages =
    "[{ name: 'one', command: 'good', args: [] }, { name: 'two', command: 'good', args: [], count: () => ({ passed: 40, failed: 0 }) }]";
  const { code, output } = await startStages({ good: 'echo chatter' }, stages).ended;
  expect(lastLine(output)).toEqual(['41 passed, 0 failed', '']);
  expect(output).not.toContain('chatter');
  expect(code).toBe(0);
});

posix('a failing stage shows all it said and does not hide those behind it', async () => {
  const stages = "[{ name: 'one', command: 'bad', args: [] }, { name: 'two', command: 'good', args: [] }]";
  const { code, output } = await startStages({ bad: 'echo the reason; exit 3', good: '' }, stages).ended;
  expect(output).toMatch(/• one\nthe reason\n\n {2}✗ .+\n• two\n {2}✓ /);
  expect(lastLine(output)).toEqual(['1 passed, 1 failed', '']);
  expect(code).toBe(1);
});

posix('a stage that fails although its tests passed has failed', async () => {
  const stages = "[{ name: 'one', command: 'bad', args: [], count: () => ({ passed: 3, failed: 0 }) }]";
  const { code, output } = await startStages({ bad: 'exit 1' }, stages).ended;
  expect(lastLine(output)).toEqual(['3 passed, 1 failed', '']);
  expect(code).toBe(1);
});

posix('when no test ran, or its results cannot be read, that is a failure', async () => {
  const none = "[{ name: 'one', command: 'good', args: [], count: () => ({ passed: 0, failed: 0 }) }]";
  expect(lastLine((await startStages({ good: '' }, none).ended).output)).toEqual(['0 passed, 1 failed', '']);
  const unreadable = "[{ name: 'one', command: 'good', args: [], count: () => JSON.parse('') }]";
  expect(lastLine((await startStages({ good: '' }, unreadable).ended).output)).toEqual([
    '0 passed, 1 failed',
    '',
  ]);
  expect((await startStages({}, '[]').ended).code).toBe(1);
});

posix('interrupted, it ends the stage that runs, leaves out the rest, and has not passed', async () => {
  const stages =
    "[{ name: 'one', command: 'good', args: [] }, { name: 'two', command: 'long', args: [] }, { name: 'three', command: 'good', args: [] }]";
  const { child, ended, said } = startStages({ good: '', long: 'exec sleep 600' }, stages);
  await said('• two');
  child.kill('SIGTERM');
  const { code, output } = await ended;
  expect(output).not.toContain('three');
  expect(lastLine(output)).toEqual(['1 passed, 1 failed', '']);
  expect(code).toBe(1);
});
