import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { makeCheckout, startModule } from './testing.ts';

const holding = (work: string) => `
  import fs from 'node:fs';
  import { oneAtATime } from './scripts/set-up/one-at-a-time.mjs';
  await oneAtATime('lock', async () => { console.log('inside'); ${work} });
`;
const untilTold =
  "while (!fs.existsSync('go')) await new Promise((resolve) => setTimeout(resolve, 20)); console.log('leaving');";

test('a second set-up of the same folder waits for the first', async () => {
  const checkout = makeCheckout();
  const first = startModule(checkout, holding(`${untilTold} fs.writeFileSync('first-is-done', '');`));
  await first.said('inside');
  const second = startModule(checkout, holding("console.log(fs.existsSync('first-is-done'));"));
  await second.said('Waiting for another set-up');
  fs.writeFileSync(path.join(checkout, 'go'), '');
  expect((await second.ended).output).toMatch(/inside\ntrue\n$/);
  expect((await first.ended).code).toBe(0);
  expect(fs.readdirSync(checkout).filter((name) => name.startsWith('lock'))).toEqual([]);
});

test('a set-up that was killed holds up nobody', async () => {
  const checkout = makeCheckout();
  const killed = startModule(checkout, holding(untilTold));
  await killed.said('inside');
  killed.child.kill('SIGKILL');
  await killed.ended;
  expect(fs.existsSync(path.join(checkout, 'lock'))).toBe(true);
  expect((await startModule(checkout, holding('')).ended).code).toBe(0);
});

test.runIf(process.platform === 'linux')(
  'a lock whose process number was given to another process holds up nobody',
  async () => {
    const checkout = makeCheckout();
    fs.writeFileSync(path.join(checkout, 'lock'), `${process.pid} another-boot 4711`);
    expect((await startModule(checkout, holding('')).ended).code).toBe(0);
  },
);

test('five at once take turns', async () => {
  const checkout = makeCheckout();
  const turn =
    "fs.appendFileSync('turns', 'in '); await new Promise(setImmediate); fs.appendFileSync('turns', 'out ');";
  // An abandoned lock, which all five find at the same time.
  fs.writeFileSync(path.join(checkout, 'lock'), '4194305 nobody');
  const all = Array.from({ length: 5 }, () => startModule(checkout, holding(turn)).ended);
  expect((await Promise.all(all)).map(({ code }) => code)).toEqual([0, 0, 0, 0, 0]);
  expect(fs.readFileSync(path.join(checkout, 'turns'), 'utf8')).toBe('in out '.repeat(5));
});
