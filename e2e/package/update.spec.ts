import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { writeFeed } from '../../scripts/package/feed.ts';
import { debFile, nextDir } from '../../scripts/package/places.ts';
import { updateSource } from '../../scripts/package/update-source.ts';
import { versionAfter, versionOfApp } from '../../scripts/package/version.ts';
import type { BareMachine } from './bare-machine.ts';
import { findByMeaning, writeDown } from './journey.ts';
import type { PackagedLoci } from './packaged-loci.ts';
import { expect, test } from './test.ts';

const version = versionOfApp();
const next = versionAfter(version);

test.skip(
  process.platform !== 'linux' || !fs.existsSync(debFile(nextDir, next)),
  'Updates are tried out on Linux.',
);

interface Server {
  readonly url: string;
  /** Paths that were asked for. */
  readonly asked: string[];
  readonly headers: http.IncomingHttpHeaders[];
  close(): void;
}

/** Serves the files of a folder on this machine's own loop, as any web server would. */
async function serve(dir: string): Promise<Server> {
  const asked: string[] = [];
  const headers: http.IncomingHttpHeaders[] = [];
  const server = http.createServer((request, response) => {
    const name = path.basename(new URL(request.url ?? '/', 'http://x').pathname);
    asked.push(name);
    headers.push(request.headers);
    const file = path.join(dir, name);
    if (!fs.existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, { 'Content-Length': fs.statSync(file).size });
    return fs.createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, asked, headers, close: () => server.close() };
}

function publish(dir: string, key: KeyObject): void {
  fs.mkdirSync(dir);
  fs.copyFileSync(debFile(nextDir, next), path.join(dir, path.basename(debFile(nextDir, next))));
  writeFeed({ dir, version: next, platform: process.platform, arch: process.arch, key });
}

function makeKey() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const { x = '' } = publicKey.export({ format: 'jwk' });
  return { privateKey, publicKey: Buffer.from(x, 'base64url').toString('base64') };
}

/** As packaging writes it where an address and a key are given. */
async function install(machine: BareMachine, url: string, publicKey: string): Promise<void> {
  await machine.asRoot('dpkg', '--install', machine.give(debFile()));
  fs.writeFileSync(machine.inside('/usr/lib/loci/resources/app-update.yml'), updateSource(url, publicKey), {
    mode: 0o644,
  });
}

const command = (machine: BareMachine) => [...machine.adasCommand(), 'loci'];
const logOf = (machine: BareMachine) =>
  fs.readFileSync(machine.inside('/home/ada/.config/Loci/logs/main.log'), 'utf8');

/** By the settings, as a person would. */
async function lookNow(loci: PackagedLoci): Promise<void> {
  await loci.page.evaluate(() => {
    location.hash = '#/settings';
  });
  await loci.page.getByRole('button', { name: 'Look now' }).click();
}

test('a library in use goes from one version to the next, by a feed that is signed, with a copy from before', async ({
  machine,
  start,
  ownDir,
}) => {
  const { privateKey, publicKey } = makeKey();
  const dir = path.join(ownDir, 'published');
  publish(dir, privateKey);
  const server = await serve(dir);
  await install(machine, server.url, publicKey);

  const loci = await start({ command: command(machine), sandbox: true });
  await writeDown(loci);
  expect(await loci.call('settings.get')).toMatchObject({ value: { 'updates.look': false } });
  // Nothing was asked of anybody before a person said so.
  expect(server.asked).toEqual([]);

  await lookNow(loci);
  const installNow = loci.page.getByRole('button', { name: `Install ${next} and restart` });
  await installNow.waitFor({ timeout: 60_000 });
  expect(server.asked).toContain(path.basename(debFile(nextDir, next)));
  // And whose machine it is was not told.
  expect(
    server.headers.flatMap((sent) => Object.keys(sent)).filter((name) => /id|cookie|referer/i.test(name)),
  ).toEqual([]);

  const ended = loci.ended();
  await installNow.click();
  await ended;
  await expect.poll(() => machine.asRoot('dpkg-query', '-W', '-f', '${Version}', 'loci')).toBe(next);
  // It opens again by itself, on the same library.
  const opened = new RegExp(`"app":"${next.replaceAll('.', String.raw`\.`)}"[^]*"Library open"`);
  await expect.poll(() => logOf(machine), { timeout: 60_000 }).toMatch(opened);
  await machine
    .asRoot('pkill', '--uid', 'ada', '--full', '--oldest', '/usr/lib/loci/loci')
    .catch(() => undefined);
  await expect
    .poll(() => logOf(machine).trim().split('\n').at(-1), { timeout: 30_000 })
    .toContain('"Closed"');

  const updated = await start({ command: command(machine), sandbox: true });
  await updated.ready();
  expect(await updated.call('app.report')).toMatchObject({ value: { versions: { app: next } } });
  await findByMeaning(updated);
  const copies = fs.readdirSync(machine.inside('/home/ada/.local/share/loci/library/safety-copies'));
  expect(copies).toEqual([expect.stringMatching(`-before-${next}$`)]);
  server.close();
});

test('what somebody else has signed is not even downloaded, and a package that differs from its feed not installed', async ({
  machine,
  start,
  ownDir,
}) => {
  const ours = makeKey();
  const dir = path.join(ownDir, 'published');
  publish(dir, makeKey().privateKey);
  const server = await serve(dir);
  await install(machine, server.url, ours.publicKey);
  const loci = await start({ command: command(machine), sandbox: true });
  await loci.ready();

  await lookNow(loci);
  await loci.page.getByText('not from the makers of Loci').waitFor();
  expect(server.asked.filter((name) => name.endsWith('.deb'))).toEqual([]);

  fs.rmSync(dir, { recursive: true });
  publish(dir, ours.privateKey);
  const deb = path.join(dir, path.basename(debFile(nextDir, next)));
  const bytes = fs.readFileSync(deb);
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
  fs.writeFileSync(deb, bytes);
  await loci.page.getByRole('button', { name: 'Look now' }).click();
  await loci.page.getByText('could not be reached').waitFor({ timeout: 60_000 });
  expect(await machine.asRoot('dpkg-query', '-W', '-f', '${Version}', 'loci')).toBe(version);
  server.close();
});
