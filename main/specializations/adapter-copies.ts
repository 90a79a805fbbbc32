import { readdir, rm, rmdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { id as idSchema } from '../../shared/schemas/id.ts';
import type { AdapterPlace, CopyOwner } from './specialization.repository.ts';

/** On Windows what somebody else has open cannot be removed: a virus scanner has let go of it soon. */
const patiently = { recursive: true, force: true, maxRetries: 5, retryDelay: 100 } as const;

/** Copies of what was removed for good; `ids` left out: of all that a person had. */
export async function forgetCopies(
  adaptersDir: string,
  userId: string,
  ids?: readonly string[],
): Promise<void> {
  const home = path.join(adaptersDir, userId);
  const folders = ids === undefined ? [home] : ids.map((id) => path.join(home, id));
  const failures: unknown[] = [];
  for (const folder of folders)
    await rm(folder, patiently).catch((error: unknown) => {
      failures.push(error);
    });
  // The next start sweeps what is left.
  if (failures.length > 0) throw failures[0];
}

export interface CopiesKnown {
  /** Of everybody, the trash included. */
  findPlaces(): Promise<readonly AdapterPlace[]>;
  /** Which of those that have no row were of this library, and were removed for good. */
  findGone(owners: readonly CopyOwner[]): Promise<readonly CopyOwner[]>;
}

/**
 * Copies that nothing leads to any more: of adapters that were replaced, of what was removed for good while they could
 * not be, and what an end in the middle has left. Not before the next start: until then the replacing can be undone.
 */
export async function sweepCopies(
  adaptersDir: string,
  known: CopiesKnown,
  startedAt = new Date(performance.timeOrigin),
): Promise<number> {
  const inUse = new Map<string, string | null>();
  for (const { userId, id, modelPath } of await known.findPlaces())
    inUse.set(path.join(userId, id), modelPath);
  const owners: CopyOwner[] = [];
  for (const userId of await namesIn(adaptersDir))
    for (const id of await namesIn(path.join(adaptersDir, userId))) owners.push({ userId, id });
  const rowless = owners.filter(
    ({ userId, id }) => !inUse.has(path.join(userId, id)) && isKey(userId) && isKey(id),
  );
  // Of what this database has never known, another may: then it is not ours to remove.
  const gone = new Set(
    (rowless.length === 0 ? [] : await known.findGone(rowless)).map(({ userId, id }) =>
      path.join(userId, id),
    ),
  );
  let swept = 0;
  for (const { userId, id } of owners) {
    const owner = path.join(userId, id);
    if (!inUse.has(owner) && !gone.has(owner)) continue;
    for (const name of await namesIn(path.join(adaptersDir, owner))) {
      const kept = path.join(owner, name);
      if (kept === inUse.get(owner)) continue;
      // Perhaps it is being made, by a job that has gone on since.
      const found = await stat(path.join(adaptersDir, kept)).catch(() => undefined);
      if (!found || found.mtime >= startedAt) continue;
      // One that still cannot be removed does not stand in the way of the others.
      if (await rm(path.join(adaptersDir, kept), patiently).then(isTrue, isFalse)) swept++;
    }
    if (!gone.has(owner)) continue;
    // As far as they are empty.
    for (const folder of [owner, userId]) await rmdir(path.join(adaptersDir, folder)).catch(() => undefined);
  }
  return swept;
}

const isTrue = (): boolean => true;
const isFalse = (): boolean => false;
const isKey = (name: string): boolean => idSchema.safeParse(name).success;

async function namesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}
