import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import type { KeptFacts } from '../../main/database/kept-facts.ts';
import { root } from '../../scripts/places.mjs';
import { debFile } from '../../scripts/package/places.ts';
import { SearchPage } from '../pages/search-page.ts';
import { expect, test } from './test.ts';

test.skip(process.platform !== 'linux' || !fs.existsSync(debFile()), 'It is tried with the Debian package.');

const kept = path.join(root, 'e2e', 'libraries');
const libraries = fs
  .readdirSync(kept)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(fs.readFileSync(path.join(kept, name), 'utf8')) as KeptFacts)
  // The files of a database are of one kind of machine.
  .filter(({ platform }) => platform === `${process.platform}-${process.arch}`);

for (const { version, tables, migrations } of libraries) {
  test(`whoever comes from version ${version} finds it all, by meaning too, and a copy from before`, async ({
    machine,
    start,
  }) => {
    await machine.asRoot('dpkg', '--install', machine.give(debFile()));
    const library = '/home/ada/.local/share/loci/library';
    await machine.asAda('mkdir', '-p', '-m', '700', library);
    execFileSync('tar', ['--extract', `--directory=${machine.inside(library)}`], {
      input: brotliDecompressSync(fs.readFileSync(path.join(kept, `${version}.tar.br`))),
    });
    await machine.asRoot('chown', '-R', 'ada:ada', library);

    const loci = await start({ command: [...machine.adasCommand(), 'loci'], sandbox: true });
    await loci.searchByMeaningReady();
    expect(await loci.call('memories.count', {})).toMatchObject({ value: tables['memory']?.rows });
    const search = new SearchPage(loci.page);
    await search.search('who repaired our heating');
    await expect(search.hits.first()).toContainText('boiler');
    expect(await loci.quit()).toBe(0);
    const copies = fs.readdirSync(machine.inside(`${library}/safety-copies`));
    // One was made where there was something to bring up to date.
    const { length: known } = fs
      .readdirSync(path.join(root, 'migrations'))
      .filter((name) => name.startsWith('Migration'));
    expect(copies).toHaveLength(known > migrations ? 1 : 0);
  });
}
