import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { knownBaseModels, lastOf, type BaseModel } from './base-models.ts';
import { readSmallJson, type JsonMap } from './small-json.ts';

const mostConfigs = 1000;

/**
 * The models that Loci knows, and those whose `config.json` somebody has put into this folder: as it is, under any
 * name, or each in a folder with the name of its model. What cannot be read as one is left out.
 */
export async function readBaseModels(folder: string): Promise<readonly BaseModel[]> {
  const { own } = await readOwnModels(folder);
  const names = new Set(own.map(({ name }) => name));
  return [...own, ...knownBaseModels.filter(({ name }) => !names.has(name))];
}

/** Those of the folder alone, and what in it is none. */
export async function readOwnModels(
  folder: string,
): Promise<{ readonly own: readonly BaseModel[]; readonly unreadable: readonly string[] }> {
  const own: BaseModel[] = [];
  const unreadable: string[] = [];
  for (const { file, name } of await findConfigs(folder)) {
    const model = await readConfig(file, name).catch(() => undefined);
    if (model) own.push(model);
    else unreadable.push(path.relative(folder, file));
  }
  return { own, unreadable };
}

async function findConfigs(folder: string): Promise<{ file: string; name: string }[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.slice(0, mostConfigs).flatMap((entry) => {
    // A folder is for one model; whatever else lies in it is not looked at.
    if (entry.isDirectory())
      return [{ file: path.join(folder, entry.name, 'config.json'), name: entry.name }];
    if (!entry.isFile() || !entry.name.endsWith('.json')) return [];
    const name = entry.name.slice(0, -'.json'.length);
    return [{ file: path.join(folder, entry.name), name: name === 'config' ? '' : name }];
  });
}

async function readConfig(file: string, givenName: string): Promise<BaseModel | undefined> {
  const json = await readSmallJson(file, { bytes: 4_000_000, values: 200_000 });
  const nested = json.get('text_config');
  const config: JsonMap = nested instanceof Map ? nested : json;
  const count = (...keys: string[]) => {
    for (const key of keys) {
      const value = config.get(key);
      if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) return value;
    }
    return undefined;
  };
  const hidden = count('hidden_size', 'n_embd', 'd_model');
  const layers = count('num_hidden_layers', 'n_layer');
  const heads = count('num_attention_heads', 'n_head');
  if (hidden === undefined || layers === undefined || heads === undefined) return undefined;
  const said = json.get('_name_or_path');
  const type = json.get('model_type');
  const name =
    givenName ||
    (typeof said === 'string' && said !== '' ? lastOf(said) : typeof type === 'string' ? type : '');
  if (name === '') return undefined;
  return {
    name: name.slice(0, 200),
    hidden,
    layers,
    heads,
    intermediate: count('intermediate_size', 'n_inner') ?? hidden * 4,
    keyValueHeads: count('num_key_value_heads') ?? heads,
    headSize: count('head_dim') ?? Math.floor(hidden / heads),
    vocabulary: count('vocab_size'),
  };
}
