import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { systemCodeOf } from '../errors/system-code.ts';
import { keptDraft, type Draft, type DraftName, type KeptDraft } from '../../shared/schemas/draft.ts';
import type { Log } from '../logging/log.ts';

export interface DraftStoreOptions {
  readonly dir: string;
  readonly currentUserId: () => string;
  readonly log: Log;
}

/**
 * What is being written, in files beside the library: keeping it must work also while the database
 * does not, because that is when it matters.
 */
export class DraftStore {
  readonly #options: DraftStoreOptions;
  /** Each file is written by one at a time, in the order asked for. */
  readonly #underWay = new Map<string, Promise<void>>();

  constructor(options: DraftStoreOptions) {
    this.#options = options;
  }

  /** The latest first. One that cannot be read is left where it is, for whoever can. */
  async list(): Promise<KeptDraft[]> {
    const folder = this.#folder();
    // One that could not be written is no reason not to show the others.
    await Promise.allSettled(this.#underWay.values());
    const names = await readdir(folder).catch(emptyWhereMissing);
    await removeLeftovers(folder, names);
    const found = await Promise.all(
      names.filter((name) => name.endsWith('.json')).map((name) => this.#read(path.join(folder, name))),
    );
    return found.flatMap((one) => one ?? []).toSorted((a, b) => b.keptAt.localeCompare(a.keptAt));
  }

  /** On the disk when this resolves, in place of the one before. */
  async keep(draft: Draft): Promise<void> {
    const file = this.#file(nameOf(draft));
    const kept: KeptDraft = { keptAt: new Date().toISOString(), draft };
    await this.#inTurn(file, async () => {
      await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
      const temporary = `${file}.${process.pid}.making`;
      try {
        const handle = await open(temporary, 'w', 0o600);
        try {
          await handle.writeFile(JSON.stringify(kept));
          await handle.datasync();
        } finally {
          await handle.close();
        }
        await rename(temporary, file);
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
    });
  }

  async discard(name: DraftName): Promise<void> {
    const file = this.#file(name);
    await this.#inTurn(file, () => rm(file, { force: true }));
  }

  /** Of a person who was removed, nothing may stay. */
  async forget(userId: string): Promise<void> {
    await Promise.allSettled(this.#underWay.values());
    await rm(path.join(this.#options.dir, userId), { recursive: true, force: true });
  }

  /** Of memories that are gone for good, what was being written is gone as well. */
  async forgetMemories(userId: string, ids: readonly string[]): Promise<void> {
    const folder = path.join(this.#options.dir, userId);
    await Promise.allSettled(this.#underWay.values());
    const merges = (await readdir(folder).catch(emptyWhereMissing)).filter((name) =>
      name.startsWith(ofMerge),
    );
    for (const id of ids) {
      for (const name of [`${id}.json`, ...merges.filter((each) => each.includes(id))]) {
        const file = path.join(folder, name);
        await this.#inTurn(file, () => rm(file, { force: true }));
      }
    }
  }

  /** Waits until all that was asked for is on the disk. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#underWay.values());
  }

  async #read(file: string): Promise<KeptDraft | undefined> {
    try {
      return keptDraft.parse(JSON.parse(await readFile(file, 'utf8')));
    } catch {
      // Its text is a person's: neither it nor a message that may quote it goes to the log.
      this.#options.log.warn('A draft could not be read', { file: path.basename(file) });
      return undefined;
    }
  }

  async #inTurn(file: string, work: () => Promise<void>): Promise<void> {
    const before = this.#underWay.get(file) ?? Promise.resolve();
    const now = before.catch(() => undefined).then(work);
    this.#underWay.set(file, now);
    try {
      await now;
    } finally {
      if (this.#underWay.get(file) === now) this.#underWay.delete(file);
    }
  }

  #folder(): string {
    return path.join(this.#options.dir, this.#options.currentUserId());
  }

  #file(name: DraftName): string {
    return path.join(this.#folder(), `${fileNameOf(name)}.json`);
  }
}

/** What an app that was killed had begun to write. */
async function removeLeftovers(folder: string, names: readonly string[]): Promise<void> {
  const others = names.filter((name) => name.endsWith('.making') && !name.endsWith(`.${process.pid}.making`));
  await Promise.all(others.map((name) => rm(path.join(folder, name), { force: true })));
}

const ofMerge = 'merge ';

function fileNameOf(name: DraftName): string {
  if (name.of === 'new') return 'new';
  return name.of === 'change' ? name.id : ofMerge + name.pair.toSorted().join(' ');
}

function nameOf(draft: Draft): DraftName {
  if (draft.of === 'change') return { of: 'change', id: draft.change.id };
  return draft.of === 'new' ? { of: 'new' } : { of: 'merge', pair: draft.pair };
}

function emptyWhereMissing(error: unknown): string[] {
  if (systemCodeOf(error) === 'ENOENT') return [];
  throw error;
}
