import fs from 'node:fs';
import path from 'node:path';
import type { Configuration } from 'electron-builder';
import { run } from '../set-up/command.mjs';
import { onPath } from '../set-up/system.mjs';
import { layOutTree, openForReading, settleTimes } from './linux-tree.ts';
import { packageDir, rpmFile } from './places.ts';
import { buildDate } from './reproducible.ts';

export interface RpmOptions {
  readonly unpacked: string;
  readonly config: Configuration;
  readonly version: string;
  readonly outDir: string;
  /** Larger, and made in a tenth of the time. */
  readonly quickly: boolean;
}

/**
 * For Fedora and its relatives: the same tree as in Debian's package, by rpm itself.
 *
 * @returns why it could not be made, if it could not
 */
export async function makeRpm(options: RpmOptions): Promise<string | undefined> {
  if (!onPath('rpmbuild')) return 'rpm (rpmbuild is not on this machine: it comes with the package rpm)';
  const { outDir, version } = options;
  const scratch = path.join(packageDir, 'rpm');
  const tree = path.join(scratch, 'tree');
  layOutTree(tree, { ...options, packageType: 'rpm' });
  openForReading(tree);
  settleTimes(tree);
  const spec = path.join(scratch, 'loci.spec');
  fs.writeFileSync(spec, specOf(tree, options));
  await run(
    'rpmbuild',
    ['-bb', `--define=_topdir ${scratch}`, `--define=_rpmdir ${path.join(scratch, 'made')}`, '--quiet', spec],
    {
      env: { ...process.env, SOURCE_DATE_EPOCH: String(buildDate().getTime() / 1000) },
      what: 'The package for Fedora could not be made.',
    },
  );
  const made = fs
    .readdirSync(path.join(scratch, 'made'), { recursive: true, encoding: 'utf8' })
    .find((name) => name.endsWith('.rpm'));
  if (made === undefined) return 'rpm (rpmbuild made nothing)';
  fs.renameSync(path.join(scratch, 'made', made), rpmFile(outDir, version));
  fs.rmSync(scratch, { recursive: true });
  return undefined;
}

function specOf(tree: string, { config: { linux, rpm }, version, quickly }: RpmOptions): string {
  // A version before another one sorts before it by a tilde: 1.0.0-beta becomes 1.0.0~beta.
  return `Name: loci
Version: ${version.replaceAll('-', '~')}
Release: 1
Summary: ${linux?.synopsis}
License: MIT
Vendor: ${linux?.vendor}
Group: ${rpm?.packageCategory}
${(rpm?.depends ?? []).map((name) => `Requires: ${name}`).join('\n')}
# What is listed here is what is asked for; the libraries that come along are for nobody else.
AutoReqProv: no
# They come built, and their lists of hashes pin every byte.
%global __os_install_post %{nil}
%global _build_id_links none
%global debug_package %{nil}
%global _binary_payload ${quickly ? 'w1.gzdio' : 'w6.xzdio'}
%global use_source_date_epoch_as_buildtime 1
%global clamp_mtime_to_source_date_epoch 1
%global _buildhost reproducible

%description
${linux?.description}

%install
cp -a "${tree}/." %{buildroot}/

%files
%defattr(-, root, root)
/usr/lib/loci
%attr(4755, root, root) /usr/lib/loci/chrome-sandbox
/usr/bin/loci
/usr/share/applications/loci.desktop
/usr/share/mime/packages/loci.xml
/usr/share/icons/hicolor/*/apps/loci.*
/usr/share/doc/loci
/usr/share/man/man1/loci.1.gz
`;
}
