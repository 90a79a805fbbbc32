import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Draft } from '../../shared/schemas/draft.ts';
import type { Log } from '../logging/log.ts';
import { DraftStore } from './draft-store.ts';

const ada = '019aa4c0-0000-7000-8000-000000000001';
const ben = '019aa4c0-0000-7000-8000-000000000002';
const memoryId = '019aa4c0-0000-7000-8000-000000000003';
const warned: unknown[] = [];
const log: Log = { info() {}, warn: (_, details) => warned.push(details), error() {} };

let dir: string;
let userId: string;
let drafts: DraftStore;

beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'loci-drafts-'));
  userId = ada;
  warned.length = 0;
  drafts = new DraftStore({ dir, currentUserId: () => userId, log });
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const written = async () => (await drafts.list()).map(({ draft }) => draft);
const fresh = (content: string) => ({ of: 'new', memory: { content } }) as const;
const change = (content: string) =>
  ({ of: 'change', change: { id: memoryId, version: 3, content } }) as const;

test('there is one draft of a new memory and one of each change, as they were last', async () => {
  expect(await written()).toEqual([]);
  await drafts.keep(fresh('Gar'));
  await drafts.keep(change('Roses'));
  await drafts.keep(fresh('Garden \u0000 \ud83d\ude00 <script>'));
  expect(await written()).toEqual([fresh('Garden \u0000 \ud83d\ude00 <script>'), change('Roses')]);
  await drafts.discard({ of: 'new' });
  expect(await written()).toEqual([change('Roses')]);
  await drafts.discard({ of: 'change', id: memoryId });
  await drafts.discard({ of: 'change', id: memoryId });
  expect(await written()).toEqual([]);
});

test('keystrokes that come faster than the disk leave the last of them', async () => {
  await Promise.all(Array.from({ length: 50 }, (_, n) => drafts.keep(fresh(`Garden ${n}`))));
  expect(await written()).toEqual([fresh('Garden 49')]);
  expect(readdirSync(path.join(dir, ada))).toEqual(['new.json']);
});

test('of a memory that is gone for good no draft is left, and those of others stay', async () => {
  await drafts.keep(fresh('Garden'));
  await drafts.keep(change('Roses'));
  await drafts.forgetMemories(ben, [memoryId]);
  expect(await written()).toHaveLength(2);
  userId = ben;
  await drafts.forgetMemories(ada, [memoryId]);
  userId = ada;
  expect(await written()).toEqual([fresh('Garden')]);
});

test('one text that is made of two is kept for the two, and goes with either', async () => {
  const merge = (content: string): Draft => ({
    of: 'merge',
    pair: [memoryId, ben],
    merged: { title: null, content },
  });
  await drafts.keep(merge('Roses'));
  await drafts.keep(merge('Roses and basil'));
  expect(await written()).toEqual([merge('Roses and basil')]);
  await drafts.discard({ of: 'merge', pair: [ben, memoryId] });
  expect(await written()).toEqual([]);
  await drafts.keep(merge('Roses'));
  await drafts.forgetMemories(ada, [ben]);
  expect(await written()).toEqual([]);
});

test('nobody reads what another person was writing, and nothing stays of one who was removed', async () => {
  await drafts.keep(fresh('Mine'));
  userId = ben;
  expect(await written()).toEqual([]);
  await drafts.keep(fresh('Yours'));
  await drafts.forget(ada);
  expect(await written()).toEqual([fresh('Yours')]);
  userId = ada;
  expect(await written()).toEqual([]);
});

test('a damaged draft takes no other with it and stays where it is', async () => {
  await drafts.keep(fresh('Garden'));
  writeFileSync(path.join(dir, ada, `${memoryId}.json`), '{"keptAt": "2026-');
  expect(await written()).toEqual([fresh('Garden')]);
  expect(warned).toEqual([{ file: `${memoryId}.json` }]);
  expect(readdirSync(path.join(dir, ada))).toContain(`${memoryId}.json`);
});

test.skipIf(process.platform === 'win32')('nobody else on this computer can read drafts', async () => {
  await drafts.keep(fresh('Garden'));
  expect(statSync(path.join(dir, ada)).mode & 0o777).toBe(0o700);
  expect(statSync(path.join(dir, ada, 'new.json')).mode & 0o777).toBe(0o600);
});

test('a process that is killed in the middle of writing leaves a whole draft', async () => {
  const writer = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `import { DraftStore } from ${JSON.stringify(import.meta.resolve('./draft-store.ts'))};
       const drafts = new DraftStore({ dir: ${JSON.stringify(dir)}, currentUserId: () => ${JSON.stringify(ada)}, log: {} });
       for (let n = 1; ; n++) {
         await drafts.keep({ of: 'new', memory: { content: n + ' ' + 'x'.repeat(1e6) + ' ' + n } });
         if (n === 5) process.stdout.write('five');
       }`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await once(writer.stdout, 'data');
  writer.kill('SIGKILL');
  await once(writer, 'exit');
  const [kept] = await written();
  expect(kept?.of === 'new' && kept.memory.content).toMatch(/^(\d+) x{1000000} \1$/);
});
