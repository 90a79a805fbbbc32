import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openFileLog } from './file-log.ts';

let dir: string;
beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'loci-log-'));
});
afterEach(() => fs.rmSync(dir, { recursive: true, force: true }));

const read = (file: string) => fs.readFileSync(path.join(dir, file), 'utf8');

test('a line says when, what and with which facts', () => {
  openFileLog({ dir, name: 'main' }).info('Library open', { memories: 3 });
  expect(JSON.parse(read('main.log'))).toEqual({
    at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    level: 'info',
    message: 'Library open',
    memories: 3,
  });
});

test('files are rotated and the oldest is dropped', () => {
  const log = openFileLog({ dir, name: 'main', maxBytes: 200, keep: 2 });
  for (let i = 0; i < 20; i++) log.info(`line ${i} ${'x'.repeat(60)}`);
  expect(fs.readdirSync(dir).toSorted()).toEqual(['main.1.log', 'main.2.log', 'main.log']);
  expect(read('main.log')).toContain('line 19');
  expect(read('main.2.log')).not.toContain('line 0 ');
});

test('an error leaves its stack, but nothing a database error carries of what a person wrote', () => {
  const log = openFileLog({ dir, name: 'main' });
  log.error('plain', new TypeError('no such thing'));
  const fromDatabase = Object.assign(new Error('insert into memory values (my diary)'), {
    code: '23505',
    severity: 'ERROR',
    detail: 'Key (title)=(my diary) already exists.',
  });
  log.error('database', new Error('wrapped', { cause: fromDatabase }));
  const text = read('main.log');
  expect(text).toContain('no such thing');
  expect(text).toContain('file-log.test.ts');
  expect(text).not.toContain('diary');
});

test('a log that cannot be written never stops the app', () => {
  const file = path.join(dir, 'in-the-way');
  fs.writeFileSync(file, '');
  const log = openFileLog({ dir: path.join(file, 'logs'), name: 'main' });
  expect(() => log.error('lost', new Error('x'))).not.toThrow();
});
