import { createHash } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { electronExecutable, root } from '../places.mjs';
import { makeCheckout, startModule } from './testing.ts';

const version = '45.0.0';
const program = path.relative(path.join(root, 'build', 'electron'), electronExecutable);
const archive = storedZip({ [program]: 'I am Electron', version });

/** A zip archive of small files, not compressed. */
function storedZip(files: Record<string, string>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(crc32(text), 10);
    common.writeUInt32LE(text.length, 14);
    common.writeUInt32LE(text.length, 18);
    common.writeUInt16LE(name.length, 22);
    const part = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, Buffer.from(name + text)]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE((0o100755 << 16) >>> 0, 6);
    rest.writeUInt32LE(offset, 10);
    // Made by Unix, so that the mode counts.
    directory.push(
      Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.from([20, 3]), common, rest, Buffer.from(name)]),
    );
    parts.push(part);
    offset += part.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(directory.length, 4);
  end.writeUInt16LE(directory.length, 6);
  end.writeUInt32LE(listing.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, listing, Buffer.from('PK\u0005\u0006'), end]);
}

function crc32(text: string): number {
  let crc = 0xffffffff;
  for (const byte of Buffer.from(text)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

let server: http.Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A release host that answers each request with the next of these. */
async function releaseHost(...answers: http.RequestListener[]): Promise<string> {
  server = http.createServer((request, response) => (answers.shift() ?? whole)(request, response));
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server does not listen');
  return `http://127.0.0.1:${address.port}/`;
}

const whole: http.RequestListener = (_request, response) => response.end(archive);
const brokenOff: http.RequestListener = (_request, response) => {
  response.writeHead(200, { 'content-length': archive.length });
  response.write(archive.subarray(0, 40), () => response.destroy());
};
const theRest: http.RequestListener = (request, response) => {
  const from = Number(/\d+/.exec(request.headers.range ?? '')?.[0]);
  response.writeHead(206).end(archive.subarray(from));
};
const another: http.RequestListener = (_request, response) => response.end('something else');

async function getElectron(mirror: string) {
  const checkout = makeCheckout();
  fs.writeFileSync(
    path.join(checkout, 'package.json'),
    JSON.stringify({ type: 'module', devDependencies: { electron: version } }),
  );
  const modules = path.join(checkout, 'node_modules');
  fs.mkdirSync(path.join(modules, 'electron'), { recursive: true });
  for (const name of ['@electron', 'extract-zip', 'yauzl'])
    fs.symlinkSync(path.join(root, 'node_modules', name), path.join(modules, name), 'junction');
  const name = `electron-v${version}-${process.platform}-${process.arch}.zip`;
  const hash = createHash('sha256').update(archive).digest('hex');
  fs.writeFileSync(path.join(modules, 'electron', 'checksums.json'), JSON.stringify({ [name]: hash }));
  const source = `
    import { electronStep } from './scripts/set-up/electron.mjs';
    const details = [];
    try {
      console.log(await electronStep.make({ detail: (text) => details.push(text), end() {} }));
    } catch (error) {
      console.log(error.what, error.why);
    }
    console.log(details.at(-1));
  `;
  const { output } = await startModule(checkout, source, { ELECTRON_MIRROR: mirror }).ended;
  const executable = path.join(checkout, 'build', 'electron', program);
  return { output, executable: fs.existsSync(executable) && fs.readFileSync(executable, 'utf8') };
}

test('the official release is used where it can be had', async () => {
  const got = await getElectron(await releaseHost());
  expect(got).toEqual({ output: 'Electron 45.0.0\nunpacking\n', executable: 'I am Electron' });
});

test('a connection that breaks in the middle costs nothing but a moment', async () => {
  const got = await getElectron(await releaseHost(brokenOff, theRest));
  expect(got).toEqual({ output: 'Electron 45.0.0\nunpacking\n', executable: 'I am Electron' });
});

test('a release with another hash is refused, not replaced by something else', async () => {
  const got = await getElectron(await releaseHost(another, another, another));
  expect(got.output).toContain('The Electron 45.0.0 that was downloaded is not the one it should be.');
  expect(got.executable).toBe(false);
});
