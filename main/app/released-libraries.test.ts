import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { factQueries, type KeptFacts } from '../database/kept-facts.ts';
import { silentLog } from '../logging/log.ts';
import { binariesDir, temporaryParent } from '../postgres/testing.ts';
import { openLibraryDatabase } from './library-database.ts';
import type { OpeningOptions } from './library.ts';
import { startServer } from './server.ts';

/** Tests run in the root of the project. */
const librariesDir = path.join(process.cwd(), 'e2e', 'libraries');
const scratch: string[] = [];
afterEach(() => {
  for (const dir of scratch.splice(0)) fs.rmSync(dir, { recursive: true, force: true });
});

async function unpack(version: string): Promise<string> {
  const dir = fs.mkdtempSync(path.join(temporaryParent, 'loci-released-'));
  scratch.push(dir);
  fs.chmodSync(dir, 0o700);
  // Root keeps the owners that an archive names; the library is whose the folder is.
  // It reads to the end, past the mark of the archive's: whoever writes to it must not be left in the middle.
  const tar = spawn('tar', ['--extract', '--no-same-owner', '--ignore-zeros', `--directory=${dir}`], {
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  const ended = once(tar, 'exit');
  await pipeline(
    fs.createReadStream(path.join(librariesDir, `${version}.tar.br`)),
    createBrotliDecompress(),
    tar.stdin,
  );
  expect(await ended).toEqual([0, null]);
  return dir;
}

const versions = fs
  .readdirSync(librariesDir)
  .filter((name) => name.endsWith('.json'))
  .map((name) => path.basename(name, '.json'));

test('the library of every released version is kept', () => {
  expect(versions).toContain('0.1.0');
});

test.each(versions)(
  'a library of version %s is brought up to date and holds what it held',
  async (version) => {
    const facts = JSON.parse(
      fs.readFileSync(path.join(librariesDir, `${version}.json`), 'utf8'),
    ) as KeptFacts;
    // The files of a database are of one kind of machine; each has its own copy to restore into.
    if (facts.platform !== `${process.platform}-${process.arch}`) return;
    const libraryDir = await unpack(version);
    const options: OpeningOptions = {
      binariesDir,
      libraryDir,
      databaseUrl: undefined,
      appVersion: '9.9.9-test',
      log: silentLog,
      signal: new AbortController().signal,
      onStage: () => undefined,
      onKnock: () => undefined,
    };
    const { database, close } = await openLibraryDatabase(options, await startServer(options));
    try {
      expect(await database.pendingMigrations()).toEqual([]);
      const execute = (sql: string) => database.orm.em.fork().execute<unknown[]>(sql);
      const found = Object.fromEntries(
        await Promise.all(
          Object.entries(factQueries).map(
            async ([table, query]) => [table, (await execute(query))[0]] as const,
          ),
        ),
      );
      expect(found).toEqual(facts.tables);
      const [{ count }] = (await execute('select count(*)::int from schema_migration')) as [
        { count: number },
      ];
      expect(count).toBeGreaterThanOrEqual(facts.migrations);
      // As it was before any of this.
      expect(fs.readdirSync(path.join(libraryDir, 'safety-copies'))).toHaveLength(1);
    } finally {
      await close();
    }
  },
);
