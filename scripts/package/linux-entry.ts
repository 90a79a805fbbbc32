import type { Configuration } from 'electron-builder';

/** What the desktop is told of the app, made from electron-builder.yml for packages that it does not make itself. */

export function desktopEntry({ linux, protocols, fileAssociations }: Configuration): string {
  const entry = linux?.desktop?.entry ?? {};
  const schemes = list(protocols).flatMap(({ schemes: names }) => names);
  const types = [
    ...schemes.map((scheme) => `x-scheme-handler/${scheme}`),
    ...list(fileAssociations).flatMap(({ mimeType }) => mimeType ?? []),
  ];
  const fields = {
    Type: 'Application',
    ...entry,
    Comment: linux?.synopsis ?? '',
    Exec: 'loci %U',
    Icon: 'loci',
    Terminal: 'false',
    Categories: `${linux?.category};`,
    MimeType: `${types.join(';')};`,
    // What the window says of itself; without it a dock shows a second, nameless icon.
    StartupWMClass: 'Loci',
    StartupNotify: 'true',
    // The desktop offers "Open on the other graphics card" otherwise, which a list of texts gains nothing from.
    PrefersNonDefaultGPU: 'false',
  };
  const lines = Object.entries(fields).map(([key, value]) => `${key}=${value}`);
  return `[Desktop Entry]\n${lines.join('\n')}\n`;
}

export function mimeTypes({ fileAssociations }: Configuration): string {
  const types = list(fileAssociations).map(
    ({ ext, description, mimeType }) => `  <mime-type type="${mimeType}">
    <comment>${description}</comment>
    <glob pattern="*.${list(ext)[0]}"/>
    <icon name="loci"/>
  </mime-type>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
${types.join('\n')}
</mime-info>
`;
}

export function manualPage(version: string, date: string): string {
  return `.TH LOCI 1 "${date}" "Loci ${version}" "User Commands"
.SH NAME
loci \\- personal memory that stays on your machine
.SH SYNOPSIS
.B loci
.RI [ loci://capture?text=TEXT ]
.SH DESCRIPTION
Opens Loci, or brings the window that is open to the front. With an address, opens the small window for a new
memory with that text in it; nothing is kept before you say so.
.SH FILES
.TP
.I ~/.local/share/loci
the library and everything else you wrote
.TP
.I ~/.config/Loci
the place of windows, caches and log files
.PP
Removing the package leaves both; delete them to be rid of them.
.SH ENVIRONMENT
.TP
.B LOCI_DATA_DIR
one folder to put all of that in
.TP
.B LOCI_DATABASE_URL
a PostgreSQL server to keep the library on, instead of the one that comes with Loci
`;
}

function list<T>(value: T | readonly T[] | null | undefined): readonly T[] {
  if (value === null || value === undefined) return [];
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}
