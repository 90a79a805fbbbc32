import fs from 'node:fs/promises';
import path from 'node:path';

const fileName = 'opened-by';

/** The version of Loci that opened this library last; nothing if it was before versions were noted. */
export async function readOpenedBy(libraryDir: string): Promise<string | undefined> {
  try {
    return (await fs.readFile(path.join(libraryDir, fileName), 'utf8')).trim() || undefined;
  } catch {
    return undefined;
  }
}

/** Only after it was opened: a start that fails before that has changed nothing. */
export async function noteOpenedBy(libraryDir: string, version: string): Promise<void> {
  if ((await readOpenedBy(libraryDir)) === version) return;
  const file = path.join(libraryDir, fileName);
  await fs.writeFile(`${file}.new`, `${version}\n`, { mode: 0o600 });
  await fs.rename(`${file}.new`, file);
}
