/**
 * `npm run library:keep`: fills a library with the present version, as a person would, and keeps it under
 * e2e/libraries. Done once for every release; all later versions are tested on it.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { constants, createBrotliCompress } from 'node:zlib';
import pg from 'pg';
import { factQueries, type KeptFacts } from '../../main/database/kept-facts.ts';
import { withDisplay } from '../../scripts/display.mjs';
import { root } from '../../scripts/places.mjs';
import { versionOfApp } from '../../scripts/package/version.ts';
import { expect, launchLoci } from '../fixtures.ts';
import { addLookAlikes, fillWithLife } from '../lived-library.ts';
import { ask } from '../pages/ask.ts';

const librariesDir = path.join(root, 'e2e', 'libraries');

export async function run(): Promise<number> {
  const version = versionOfApp();
  const archive = path.join(librariesDir, `${version}.tar.br`);
  if (fs.existsSync(archive)) {
    console.error(`✗ The library of ${version} is kept already; what was released does not change.`);
    return 1;
  }
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'loci-keep-'));
  try {
    const facts = await withDisplay(() => fill(dataDir, version), { say: console.error });
    await pack(path.join(dataDir, 'library'), archive);
    fs.writeFileSync(path.join(librariesDir, `${version}.json`), `${JSON.stringify(facts, null, 2)}\n`);
  } finally {
    fs.rmSync(dataDir, { recursive: true, force: true });
  }
  console.log(`${path.relative(process.cwd(), archive)}: ${fs.statSync(archive).size} bytes`);
  return 0;
}

async function fill(dataDir: string, version: string): Promise<KeptFacts> {
  const loci = await launchLoci({ dataDir });
  await loci.searchByMeaningReady();
  await fillWithLife(loci);
  await addLookAlikes(loci);
  await expect
    .poll(() => ask(loci, 'embeddings.progress'), { timeout: 120_000 })
    .toMatchObject({ pending: 0, failed: 0 });
  const facts = await readFacts(dataDir, version);
  await loci.quit();
  return facts;
}

async function readFacts(dataDir: string, version: string): Promise<KeptFacts> {
  // Line by line: process, folder, start, port, folder of the socket.
  const file = path.join(dataDir, 'library', 'postgres', 'postmaster.pid');
  const [, , , port = '', host = ''] = fs.readFileSync(file, 'utf8').split('\n');
  const client = new pg.Client({ host, port: Number(port), user: 'loci', database: 'loci' });
  await client.connect();
  try {
    const tables: Record<string, { rows: number; hash: string }> = {};
    for (const [table, query] of Object.entries(factQueries)) {
      const { rows } = await client.query<{ rows: number; hash: string }>(query);
      if (rows[0]) tables[table] = rows[0];
    }
    const { rows } = await client.query<{ count: number }>('select count(*)::int from schema_migration');
    return {
      version,
      platform: `${process.platform}-${process.arch}`,
      migrations: rows[0]?.count ?? 0,
      tables,
    };
  } finally {
    await client.end();
  }
}

/** The data directory of a server that was shut down is a whole library. Packed hard: it stays in the history for good. */
async function pack(libraryDir: string, archive: string): Promise<void> {
  const tar = spawn(
    'tar',
    [
      '--create',
      '--sort=name',
      '--owner=0',
      '--group=0',
      '--numeric-owner',
      '--exclude=reserve',
      `--directory=${libraryDir}`,
      '.',
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = once(tar, 'exit');
  const brotli = createBrotliCompress({
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    },
  });
  await pipeline(tar.stdout, brotli, fs.createWriteStream(archive));
  const [code] = await ended;
  if (code !== 0) throw new Error(`tar ended with ${String(code)}`);
}
