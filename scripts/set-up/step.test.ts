import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { makeCheckout, startModule } from './testing.ts';

/** A step that copies input to output and writes down that it did. */
const copying = (whileMaking = '') => `
  import fs from 'node:fs';
  import { runStep, contentOf } from './scripts/set-up/step.mjs';
  const worked = await runStep({
    name: 'copying',
    doing: 'Copying',
    inputs: () => [contentOf('input')],
    outputs: ['output'],
    async make() {
      const text = fs.readFileSync('input', 'utf8');
      fs.writeFileSync('output.making', text.slice(0, 3));
      ${whileMaking}
      fs.writeFileSync('output.making', text);
      fs.renameSync('output.making', 'output');
      return 'copied ' + text;
    },
  });
  console.log(worked ? 'worked' : 'skipped');
`;

function makeInput(): string {
  const checkout = makeCheckout();
  fs.writeFileSync(path.join(checkout, 'input'), 'first words');
  return checkout;
}

const readOutput = (checkout: string) => fs.readFileSync(path.join(checkout, 'output'), 'utf8');

async function runCopying(checkout: string, whileMaking?: string) {
  const { code, output } = await startModule(checkout, copying(whileMaking)).ended;
  return { code, output };
}

test('what is in place is skipped without a word', async () => {
  const checkout = makeInput();
  expect((await runCopying(checkout)).output).toMatch(
    /^• Copying\n {2}✓ \d+\.\d s {2}copied first words\nworked\n$/,
  );
  expect(await runCopying(checkout)).toEqual({ code: 0, output: 'skipped\n' });
});

test('a changed input makes it again', async () => {
  const checkout = makeInput();
  await runCopying(checkout);
  fs.writeFileSync(path.join(checkout, 'input'), 'other words');
  expect((await runCopying(checkout)).output).toContain('worked');
  expect(readOutput(checkout)).toBe('other words');
});

test('a file that is only touched is not a changed input', async () => {
  const checkout = makeInput();
  await runCopying(checkout);
  fs.utimesSync(path.join(checkout, 'input'), new Date(0), new Date(0));
  expect((await runCopying(checkout)).output).toBe('skipped\n');
});

test('a deleted output is made again', async () => {
  const checkout = makeInput();
  await runCopying(checkout);
  fs.rmSync(path.join(checkout, 'output'));
  expect((await runCopying(checkout)).output).toContain('worked');
  expect(readOutput(checkout)).toBe('first words');
});

test('killed in the middle, it is made whole the next time', async () => {
  const checkout = makeInput();
  const killed = startModule(
    checkout,
    copying("console.log('half'); await new Promise((resolve) => setTimeout(resolve, 600_000));"),
  );
  await killed.said('half');
  killed.child.kill('SIGKILL');
  expect(await killed.ended).toMatchObject({ signal: 'SIGKILL' });
  expect(fs.existsSync(path.join(checkout, 'output'))).toBe(false);

  expect((await runCopying(checkout)).output).toContain('worked');
  expect(readOutput(checkout)).toBe('first words');
  expect((await runCopying(checkout)).output).toBe('skipped\n');
});

test('an old output does not count as the new one when its making was killed', async () => {
  const checkout = makeInput();
  await runCopying(checkout);
  fs.writeFileSync(path.join(checkout, 'input'), 'other words');
  const killed = startModule(checkout, copying("process.kill(process.pid, 'SIGKILL');"));
  await killed.ended;
  fs.writeFileSync(path.join(checkout, 'input'), 'first words');
  expect((await runCopying(checkout)).output).toContain('worked');
});

test('what is edited while it is being made is made again the next time', async () => {
  const checkout = makeInput();
  await runCopying(checkout, "fs.writeFileSync('input', 'edited meanwhile');");
  expect(readOutput(checkout)).toBe('first words');
  expect((await runCopying(checkout)).output).toContain('worked');
  expect(readOutput(checkout)).toBe('edited meanwhile');
});

test('what failed is tried again', async () => {
  const checkout = makeInput();
  expect(await runCopying(checkout, "throw new Error('no');")).toMatchObject({ code: 1 });
  expect((await runCopying(checkout)).output).toContain('worked');
});
