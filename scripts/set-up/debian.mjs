import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { run } from './command.mjs';
import { readIfThere } from './step.mjs';
import { onPath } from './system.mjs';

/** Has PostgreSQL 17 and pgvector; any release of Debian can unpack its packages. */
const release = 'trixie';
const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';

/**
 * Debian's packages, looked into without installing any. apt gets a root of its own: signatures are
 * checked, and the machine's own lists stay as they are.
 *
 * @typedef {object} Debian
 * @property {string} site
 * @property {(name: string) => Promise<string>} unpackPackage  by name; resolves with the folder it is unpacked in
 * @property {(name: string) => Promise<string>} fetchSource  by name; resolves with the archive of the original sources
 *
 * @param {string} scratch
 * @returns {Promise<Debian | undefined>} nothing on a machine that is not set up to use a Debian mirror
 */
export async function openDebian(scratch) {
  if (!onPath('apt-get') || !onPath('dpkg')) return undefined;
  const site = await nearestSite();
  if (!site) return undefined;
  const aptDir = path.join(scratch, 'apt');
  for (const dir of ['lists/partial', 'cache/archives/partial'])
    fs.mkdirSync(path.join(aptDir, dir), { recursive: true });
  const options = [
    ['Dir::Etc::SourceList', path.join(aptDir, 'sources.list')],
    ['Dir::Etc::SourceParts', '-'],
    ['Dir::State::Lists', path.join(aptDir, 'lists')],
    ['Dir::Cache', path.join(aptDir, 'cache')],
    // The download user of apt cannot reach into a private folder.
    ['APT::Sandbox::User', os.userInfo().username],
    ['Acquire::Retries', '3'],
    ['Acquire::Languages', 'none'],
  ].flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  /** @type {Promise<string> | undefined} */
  let lists;
  const readLists = async () => {
    // Not by `signed-by`: that cannot name a file with a space in its path.
    options.push('-o', `Dir::Etc::Trusted=${keyring}`, '-o', 'Dir::Etc::TrustedParts=-');
    const lines = ['deb', 'deb-src'].map((kind) => `${kind} ${site} ${release} main\n`);
    fs.writeFileSync(path.join(aptDir, 'sources.list'), lines.join(''));
    return run('apt-get', [...options, 'update']);
  };
  /** @param {string[]} args @param {string} into */
  const fetchInto = async (args, into) => {
    await (lists ??= readLists());
    const cwd = path.join(scratch, into);
    fs.mkdirSync(cwd);
    await run('apt-get', [...options, ...args], { cwd });
    return fs.readdirSync(cwd).map((name) => path.join(cwd, name));
  };
  return {
    site,
    async unpackPackage(name) {
      const [deb = ''] = await fetchInto(['download', name], `${name}-package`);
      const dir = path.join(scratch, name);
      await run('dpkg', ['-x', deb, dir]);
      return dir;
    },
    async fetchSource(name) {
      const files = await fetchInto(['source', '--download-only', name], `${name}-source`);
      return files.find((file) => /\.orig\.tar\.[gx]z$/.test(file)) ?? '';
    },
  };
}

/** The Debian mirror this machine is set up to use. By origin: other makers' repositories end in /debian too. */
async function nearestSite() {
  const sites = (await run('apt-get', ['indextargets', '--format', '$(ORIGIN) $(SITE)'])).split('\n');
  return sites.find((line) => /^Debian .*\/debian\/?$/.test(line))?.split(' ')[1] ?? siteBeforeFirstUpdate();
}

/** apt knows no origins before it has read any package lists, and container images come without them. */
function siteBeforeFirstUpdate() {
  if (!/^ID=debian$/m.test(readIfThere('/etc/os-release'))) return undefined;
  const own = ['sources.list', 'sources.list.d/debian.sources'].map((name) =>
    readIfThere(path.join('/etc/apt', name)),
  );
  return /https?:\/\/\S+\/debian(?=\/?\s)/.exec(own.join('\n'))?.[0];
}
