import { rm, mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Embedder } from '../embedding/embedder.ts';
import { copyModel, type ModelManifest, readPinned } from '../embedding/model-files.ts';
import type { SwitchableEmbedder } from '../embedding/switchable-embedder.ts';
import type { ModelIdentity } from '../embedding/worker-protocol.ts';

export interface ModelShelfOptions {
  /** The one in use. */
  readonly embedder: SwitchableEmbedder;
  /** The folder of the model that ships. */
  readonly modelDir: string;
  /** Where copies of others are kept. */
  readonly modelsDir: string;
  /** Starts one more process, for another model. */
  readonly startModel: (folder: string, options: { readonly isPinned: boolean }) => Embedder;
}

export interface ModelOnShelf {
  readonly folder: string;
  readonly manifest: ModelManifest;
  /** It came with Loci. */
  readonly isShipped: boolean;
}

/** The models of which this computer has the files. */
export class ModelShelf {
  readonly embedder: SwitchableEmbedder;
  /** By revision, the job that makes its vectors. */
  readonly building = new Map<string, string>();
  readonly #options: ModelShelfOptions;

  constructor(options: ModelShelfOptions) {
    this.#options = options;
    this.embedder = options.embedder;
  }

  /** Undefined: its files are not there (any more). */
  async folderOf(revision: string): Promise<string | undefined> {
    return (await this.find(revision))?.folder;
  }

  /** Its files; undefined when they are not there (any more). */
  async find(revision: string): Promise<ModelOnShelf | undefined> {
    const { modelDir } = this.#options;
    for (const folder of [modelDir, this.#copyOf(revision)]) {
      const manifest = await readPinned(folder);
      if (manifest?.revision === revision) return { folder, manifest, isShipped: folder === modelDir };
    }
    return undefined;
  }

  async findShipped(): Promise<ModelOnShelf | undefined> {
    const { modelDir: folder } = this.#options;
    const manifest = await readPinned(folder);
    return manifest && { folder, manifest, isShipped: true };
  }

  async isShipped(revision: string): Promise<boolean> {
    return (await this.findShipped())?.manifest.revision === revision;
  }

  /** Loads it in a process of its own; the caller stops it, or puts it in use. */
  start(folder: string): Embedder {
    return this.#options.startModel(folder, { isPinned: true });
  }

  /** The same for one that has only just been chosen. */
  startChosen(folder: string): Embedder {
    return this.#options.startModel(folder, { isPinned: false });
  }

  /** Copies it, so that it stays as it is whatever becomes of the folder it came from. */
  async take(from: string, identity: ModelIdentity): Promise<string> {
    const known = await this.folderOf(identity.revision);
    if (known !== undefined) return known;
    await mkdir(this.#options.modelsDir, { recursive: true, mode: 0o700 });
    const to = this.#copyOf(identity.revision);
    await copyModel(from, to, identity);
    return to;
  }

  /** Never what ships. */
  async remove(revision: string): Promise<void> {
    await rm(this.#copyOf(revision), { recursive: true, force: true });
  }

  #copyOf(revision: string): string {
    return path.join(this.#options.modelsDir, revision.replaceAll(/[^0-9a-z]/gi, ''));
  }
}
