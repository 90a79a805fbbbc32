import fs from 'node:fs';
import path from 'node:path';
import { v5 as uuidOf } from 'uuid';
import { appDir, postgresDir } from '../places.mjs';
import { modelDir } from '../places.mjs';
import { releaseDir } from './places.ts';
import { buildDate } from './reproducible.ts';
import { versionOfApp } from './version.ts';

interface Component {
  readonly type: 'library' | 'application' | 'machine-learning-model' | 'framework';
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly purl?: string;
}

/**
 * What is in a package, as CycloneDX: the npm packages whose code ended up in the bundles (and not the hundreds that
 * only help to build), and what ships beside them.
 */
export function writeSbom(electron: string): string {
  const version = versionOfApp();
  const components = [...bundledPackages(), ...besideTheBundles(electron)].map(toCycloneDx);
  const sbom = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    // The same for the same contents, as for the rest of a package.
    serialNumber: `urn:uuid:${uuidOf(JSON.stringify([version, components]), uuidOf.URL)}`,
    version: 1,
    metadata: {
      timestamp: buildDate().toISOString(),
      component: { type: 'application', 'bom-ref': `loci@${version}`, name: 'loci', version },
    },
    components,
  };
  const file = path.join(releaseDir, `loci-${version}-${process.platform}-${process.arch}.cdx.json`);
  fs.writeFileSync(file, `${JSON.stringify(sbom, null, 1)}\n`);
  return file;
}

function toCycloneDx({ type, name, version, licence, purl }: Component) {
  const [group, ...rest] = name.startsWith('@') ? name.split('/') : ['', name];
  const isExpression = / (AND|OR|WITH) /.test(licence);
  return {
    type,
    'bom-ref': purl ?? `${name}@${version}`,
    ...(group ? { group } : {}),
    name: rest.join('/'),
    version,
    licenses: [isExpression ? { expression: licence } : { license: { name: licence } }],
    ...(purl === undefined ? {} : { purl }),
  };
}

/** Noted while bundling. */
function bundledPackages(): Component[] {
  const noted = JSON.parse(fs.readFileSync(path.join(appDir, 'shipped-packages.json'), 'utf8')) as {
    name: string;
    version: string;
    licence: string;
  }[];
  return noted.map(({ name, version, licence }) => ({
    type: 'library',
    name,
    version,
    licence,
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
  }));
}

function besideTheBundles(electron: string): Component[] {
  const server = JSON.parse(fs.readFileSync(path.join(postgresDir, 'manifest.json'), 'utf8')) as {
    postgres: string;
    pgvector: string;
    files: Record<string, string>;
  };
  const model = JSON.parse(
    fs.readFileSync(path.join(modelDir, 'all-MiniLM-L6-v2', 'manifest.json'), 'utf8'),
  ) as { name: string; revision: string };
  return [
    {
      type: 'framework',
      name: 'electron',
      version: electron,
      licence: 'MIT',
      purl: `pkg:npm/electron@${electron}`,
    },
    {
      type: 'application',
      name: 'postgresql',
      version: server.postgres,
      licence: 'PostgreSQL',
      purl: `pkg:generic/postgresql@${server.postgres}`,
    },
    {
      type: 'library',
      name: 'pgvector',
      version: server.pgvector,
      licence: 'PostgreSQL',
      purl: `pkg:github/pgvector/pgvector@v${server.pgvector}`,
    },
    { type: 'machine-learning-model', name: model.name, version: model.revision, licence: 'Apache-2.0' },
    ...serverLibraries(Object.keys(server.files)),
  ];
}

const libraryLicences: Readonly<Record<string, string>> = {
  crypto: 'OpenSSL',
  ssl: 'OpenSSL',
  icudata: 'Unicode-3.0',
  icui18n: 'Unicode-3.0',
  icuuc: 'Unicode-3.0',
  lzma: '0BSD',
  pq: 'PostgreSQL',
  xml2: 'MIT',
  z: 'Zlib',
};

/** Libraries that came with the server, by the names of their files: `lib/libicuuc.so.60`. */
function serverLibraries(files: readonly string[]): Component[] {
  return files.flatMap((file) => {
    const [, name = '', version = ''] = /^lib\/lib([a-z0-9]+?)\.(?:so\.([\d.]+)|dylib)$/.exec(file) ?? [];
    const licence = libraryLicences[name];
    return licence ? [{ type: 'library' as const, name: `lib${name}`, version, licence }] : [];
  });
}
