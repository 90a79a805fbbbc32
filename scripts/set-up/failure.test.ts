import { expect, test } from 'vitest';
import { gistOf } from './command.mjs';
import { makeCheckout, start } from './testing.ts';

test('what a failed program said is cut down to the lines that say why', () => {
  const said = `npm error code E404
npm error 404 Not Found - GET https://example.org/x
npm error A complete log of this run can be found in: /home/p/.npm/_logs/1.log
    at Object.<anonymous> (/somewhere/index.js:1:1)`;
  expect(gistOf(said)).toBe('code E404; 404 Not Found - GET https://example.org/x');
  expect(gistOf('Reading lists\n\u001B[31mE: Could not get lock\u001B[0m\nBye')).toBe(
    'E: Could not get lock',
  );
  expect(gistOf('one\ntwo\nthree\n')).toBe('two; three');
  expect(gistOf('')).toBe('');
});

test('a task that does not exist is answered with those that do', async () => {
  const { code, output } = await start(makeCheckout(), ['scripts/run.mjs', 'strat']).ended;
  expect(code).toBe(1);
  expect(output).toMatch(/✗ There is no task "strat"\..*\n {2}There are: set-up, start, test/);
});
