import fs from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'rolldown';
import { modelDir, postgresDir, root } from '../places.mjs';

/** Notes which packages end up in a bundle. */
export function notePackages(found: Set<string>): Plugin {
  return {
    name: 'note-packages',
    generateBundle() {
      for (const id of this.getModuleIds()) {
        const dir = packageDirOf(id);
        if (dir) found.add(dir);
      }
    },
  };
}

/** `…/node_modules/@scope/name/dist/x.js` belongs to `…/node_modules/@scope/name`. */
function packageDirOf(moduleId: string): string | undefined {
  return /^\0?(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(moduleId)?.[1];
}

interface Notice {
  readonly name: string;
  readonly licence: string;
  readonly text: string;
}

/** What ships beside the bundles and has its licence elsewhere than in a package of its own. */
function bundledWorks(): Notice[] {
  const manifest = JSON.parse(fs.readFileSync(path.join(postgresDir, 'manifest.json'), 'utf8')) as {
    postgres: string;
    pgvector: string;
  };
  const [model] = fs.readdirSync(modelDir);
  return [
    { name: `PostgreSQL ${manifest.postgres}`, licence: 'PostgreSQL', text: postgresLicence },
    { name: `pgvector ${manifest.pgvector}`, licence: 'PostgreSQL', text: pgvectorLicence },
    {
      name: 'Libraries of the PostgreSQL server: OpenSSL, ICU, libxml2, zlib, liblzma',
      licence: 'OpenSSL and SSLeay, Unicode-3.0, MIT, Zlib, 0BSD',
      text: 'Redistributed unchanged, as built by the zonky.io and EnterpriseDB distributions of PostgreSQL.',
    },
    {
      name: `${model} (sentence-transformers)`,
      licence: 'Apache-2.0',
      text: 'The weights were converted to ONNX and quantized to 8 bits; nothing else was changed.\nhttps://www.apache.org/licenses/LICENSE-2.0',
    },
    {
      name: 'Electron and Chromium',
      licence: 'MIT and others',
      text: 'See LICENSE and LICENSES.chromium.html beside the program.',
    },
  ];
}

/** What ends up in the app: what was bundled, native code, and fonts, which only stylesheets name. */
function shippedPackages(packageDirs: ReadonlySet<string>): string[] {
  const outside = ['onnxruntime-node', 'onnxruntime-common', ...fontPackages()].map((name) =>
    path.join(root, 'node_modules', name),
  );
  return [...new Set([...packageDirs, ...outside])];
}

/** By name, version and licence, for programs: packaging makes a list of contents of it. */
export function writePackageList(packageDirs: ReadonlySet<string>, file: string): void {
  const list = shippedPackages(packageDirs)
    .map((dir) => {
      const { name, version, license } = readManifest(dir);
      return { name, version, licence: license ?? 'see its sources' };
    })
    .toSorted((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1));
  fs.writeFileSync(file, `${JSON.stringify(list, null, 1)}\n`);
}

/** One text with the licence of everything that is not ours, in order of name. */
export function writeNotices(packageDirs: ReadonlySet<string>, file: string): void {
  const packages = shippedPackages(packageDirs).map(noticeOf);
  const all = [...bundledWorks(), ...packages].toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
  const head = 'Loci is made with the work of others. Their licences:\n';
  const body = all.map(
    ({ name, licence, text }) => `${'='.repeat(78)}\n${name}\n${licence}\n\n${text.trim()}\n`,
  );
  fs.writeFileSync(file, [head, ...body].join('\n'));
}

function fontPackages(): string[] {
  const { devDependencies } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    devDependencies: Record<string, string>;
  };
  return Object.keys(devDependencies).filter((name) => name.startsWith('@fontsource'));
}

function readManifest(dir: string) {
  return JSON.parse(fs.readFileSync(path.join(dir, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    license?: string;
  };
}

function noticeOf(dir: string): Notice {
  const { name, version, license } = readManifest(dir);
  const file = fs.readdirSync(dir).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  return {
    name: `${name} ${version}`,
    licence: license ?? 'see below',
    text: file
      ? fs.readFileSync(path.join(dir, file), 'utf8')
      : '(The package carries no licence text of its own.)',
  };
}

const postgresTerms = `Permission to use, copy, modify, and distribute this software and its documentation for any purpose,
without fee, and without a written agreement is hereby granted, provided that the above copyright
notice and this paragraph and the following two paragraphs appear in all copies.

IN NO EVENT SHALL THE UNIVERSITY OF CALIFORNIA BE LIABLE TO ANY PARTY FOR DIRECT, INDIRECT, SPECIAL,
INCIDENTAL, OR CONSEQUENTIAL DAMAGES, INCLUDING LOST PROFITS, ARISING OUT OF THE USE OF THIS SOFTWARE
AND ITS DOCUMENTATION, EVEN IF THE UNIVERSITY OF CALIFORNIA HAS BEEN ADVISED OF THE POSSIBILITY OF
SUCH DAMAGE.

THE UNIVERSITY OF CALIFORNIA SPECIFICALLY DISCLAIMS ANY WARRANTIES, INCLUDING, BUT NOT LIMITED TO,
THE IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE. THE SOFTWARE PROVIDED
HEREUNDER IS ON AN "AS IS" BASIS, AND THE UNIVERSITY OF CALIFORNIA HAS NO OBLIGATIONS TO PROVIDE
MAINTENANCE, SUPPORT, UPDATES, ENHANCEMENTS, OR MODIFICATIONS.`;

const postgresLicence = `PostgreSQL Database Management System (also known as Postgres, formerly known as Postgres95)

Portions Copyright (c) 1996-2026, PostgreSQL Global Development Group
Portions Copyright (c) 1994, The Regents of the University of California

${postgresTerms}`;

const pgvectorLicence = `Portions Copyright (c) 1996-2026, PostgreSQL Global Development Group
Portions Copyright (c) 1994, The Regents of the University of California

${postgresTerms}`;
