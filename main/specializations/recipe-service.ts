import { randomUUID } from 'node:crypto';
import { rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { textsNow } from '../../shared/texts/index.ts';
import type { Recipe, RecipeToSave } from '../../shared/schemas/specialization-use.ts';
import { readAdapter } from '../adapters/inspect-adapter.ts';
import { notFound, unavailable } from '../errors/loci-error.ts';
import type { AdapterForUse } from './adapter-for-use.ts';
import type { AdapterRecords } from './adapter-records.ts';
import { recipesFor } from './recipes.ts';
import type { ChooseSavePlace } from './save-question.ts';
import type { SpecializationRow } from './specialization.repository.ts';
import { placeOfAdapter, readStored } from './stored-adapter.ts';

export interface RecipeServiceOptions {
  readonly currentUserId: () => string;
  readonly records: Pick<AdapterRecords, 'find'>;
  readonly adaptersDir: string;
  readonly choose: ChooseSavePlace;
}

/** How to use the adapter of a specialization, for copying and for saving. */
export class RecipeService {
  readonly #options: RecipeServiceOptions;

  constructor(options: RecipeServiceOptions) {
    this.#options = options;
  }

  async recipes(id: string): Promise<Recipe[]> {
    const { records, currentUserId } = this.#options;
    const row = await records.find(currentUserId(), id);
    const adapter = await this.#forUse(row);
    if (!adapter) return [];
    const missing = row.status === 'missing' || adapter.isGone;
    return recipesFor(adapter).map((recipe) =>
      missing && recipe.fits !== 'no'
        ? { ...recipe, warnings: [textsNow().recipes.missing, ...recipe.warnings] }
        : recipe,
    );
  }

  async save({ id, runtime, file }: RecipeToSave): Promise<{ saved: boolean }> {
    const recipe = (await this.recipes(id)).find((each) => each.runtime === runtime);
    const found = recipe?.files.find(({ name }) => name === file);
    if (!found) throw notFound('file');
    const extension = path.extname(found.name).slice(1);
    const place = await this.#options.choose({
      title: textsNow().recipes.save,
      name: found.name,
      filters: extension === '' ? [] : [{ name: extension, extensions: [extension] }],
    });
    if (place === undefined) return { saved: false };
    const temporary = path.join(path.dirname(place), `.loci-${randomUUID()}.part`);
    try {
      await writeFile(temporary, found.text, { flag: 'wx' });
      await rename(temporary, place);
    } catch (error) {
      await rm(temporary, { force: true });
      throw unavailable((texts) => texts.recipes.unwritable, error);
    }
    return { saved: true };
  }

  /** Undefined: it has no adapter, or none that could ever be read. */
  async #forUse(row: SpecializationRow): Promise<(AdapterForUse & { readonly isGone: boolean }) | undefined> {
    const { report, files } = readStored(row.adapterConfig);
    if (row.modelPath === null || !report) return undefined;
    const place = placeOfAdapter(this.#options.adaptersDir, row.modelPath);
    const shell = process.platform === 'win32' ? ('powershell' as const) : ('posix' as const);
    const { baseModel } = storedBase.parse(row.adapterConfig);
    const common = { name: row.name, baseModel, shell };
    try {
      const adapter = await readAdapter(place);
      const [first] = adapter.files.weights;
      const isFolder = (await stat(place)).isDirectory();
      const folder = isFolder ? place : path.dirname(place);
      return {
        ...common,
        report: adapter.report,
        folder,
        file: first ? path.join(folder, first.name) : place,
        fileNames: adapter.files.weights.map(({ name }) => name),
        hasConfig: adapter.config !== undefined,
        isGone: false,
      };
    } catch {
      // As of when it was there last.
      const names = files.map(({ name }) => name);
      const isFile = names.includes(path.basename(place)) || /\.(?:safetensors|gguf)$/i.test(place);
      const folder = isFile ? path.dirname(place) : place;
      return {
        ...common,
        report,
        folder,
        file: path.join(folder, names[0] ?? ''),
        fileNames: names,
        hasConfig: !isFile && report.layout !== 'gguf',
        isGone: true,
      };
    }
  }
}

const storedBase = z.object({ baseModel: z.string().nullable().catch(null) }).catch({ baseModel: null });
