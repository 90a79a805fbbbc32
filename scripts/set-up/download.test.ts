import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { checkHash, fetchFile } from './download.mjs';

const content = Buffer.from('0123456789'.repeat(10_000));
const half = content.length / 2;
let dir: string;
let server: http.Server;
/** What the next request is answered with. */
let answer: http.RequestListener;
const asked: (string | undefined)[] = [];

beforeEach(async () => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'loci-download-'));
  asked.length = 0;
  server = http.createServer((request, response) => {
    asked.push(request.headers.range);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
  fs.rmSync(dir, { recursive: true });
});

function fetchInto(name: string) {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server does not listen');
  return fetchFile(`http://127.0.0.1:${address.port}/file`, path.join(dir, name), {
    partialsDir: path.join(dir, 'partials'),
  });
}

const whole: http.RequestListener = (_request, response) => response.end(content);
/** Breaks off when some of it has arrived on the disk. */
const firstHalf: http.RequestListener = (_request, response) => {
  response.writeHead(200, { 'content-length': content.length });
  response.write(content.subarray(0, half));
  const partials = path.join(dir, 'partials');
  const sizes = () => fs.readdirSync(partials).map((name) => fs.statSync(path.join(partials, name)).size);
  void vi.waitFor(() => expect(Math.max(...sizes())).toBeGreaterThan(0)).finally(() => response.destroy());
};
const theRest: http.RequestListener = (request, response) => {
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1]);
  response.writeHead(206, { 'content-length': content.length - from }).end(content.subarray(from));
};

test('a download that was cut off goes on where it broke', async () => {
  answer = firstHalf;
  await expect(fetchInto('file')).rejects.toMatchObject({ name: 'DownloadError', hadBegun: true });
  expect(fs.existsSync(path.join(dir, 'file'))).toBe(false);
  answer = theRest;
  expect(await fetchInto('file')).toEqual({ continued: true });
  expect(fs.readFileSync(path.join(dir, 'file')).equals(content)).toBe(true);
  expect(asked).toEqual([undefined, expect.stringMatching(/^bytes=[1-9]\d*-$/)]);
});

test('a server that cannot go on is asked for the whole again', async () => {
  answer = firstHalf;
  await expect(fetchInto('file')).rejects.toThrow();
  answer = whole;
  expect(await fetchInto('file')).toEqual({ continued: false });
  expect(fs.readFileSync(path.join(dir, 'file')).equals(content)).toBe(true);
});

test('a refusal is told as the server put it, and leaves nothing', async () => {
  answer = (_request, response) => response.writeHead(403).end('Not from here.');
  await expect(fetchInto('file')).rejects.toMatchObject({
    message: expect.stringMatching(/^127\.0\.0\.1:\d+: the server answered 403$/),
    hadBegun: false,
  });
  expect(fs.existsSync(path.join(dir, 'file'))).toBe(false);
});

test('a file with another hash is refused and deleted', async () => {
  answer = whole;
  await fetchInto('file');
  const file = path.join(dir, 'file');
  expect(() => checkHash(file, '0'.repeat(64))).toThrow(/file is not the file it should be.+It was deleted/s);
  expect(fs.existsSync(file)).toBe(false);
});
