import { textsNow } from '../../shared/texts/index.ts';
import type { Dirent } from 'node:fs';
import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { systemCodeOf } from '../errors/system-code.ts';
import { AdapterRefusal, quoted } from './refusal.ts';
import { readSmallJson } from './small-json.ts';

/** What an adapter consists of, links already followed. */
export interface AdapterFiles {
  /** What is shown and remembered: the folder, or the one file. */
  readonly place: string;
  readonly weights: readonly WeightFile[];
  readonly config: string | undefined;
  /** What says which tensor is in which file. */
  readonly index: WeightFile | undefined;
}

export interface WeightFile {
  readonly name: string;
  readonly path: string;
}

const configName = 'adapter_config.json';
/** In the order in which they are looked for. */
const weightNames = ['adapter_model.safetensors', 'adapters.safetensors'];
const pickleNames = ['adapter_model.bin', 'adapter_model.pt', 'adapter.pt', 'pytorch_model.bin'];
const indexEnding = '.safetensors.index.json';
const shardName = /^(.{1,200})-\d{5}-of-\d{5}\.safetensors$/;
const mostShards = 1000;
/** A folder with more is no adapter's; what is looked for has fixed names. */
const mostEntries = 10_000;

export async function findAdapterFiles(place: string): Promise<AdapterFiles> {
  // Most are folders, of which nothing else has to be asked then.
  const entries = await readdir(place, { withFileTypes: true }).catch((error: unknown) => ({ error }));
  if (Array.isArray(entries)) return filesInFolder(place, entries.slice(0, mostEntries));
  const found = await stat(place);
  if (found.isDirectory()) throw entries.error;
  if (!found.isFile()) throw new AdapterRefusal('special-file', () => textsNow().adapters.refused.neither);
  const folder = path.dirname(place);
  const name = path.basename(place);
  if (name.endsWith(indexEnding)) return filesOfIndex(place, folder, name);
  const stem = shardName.exec(name)?.[1];
  const index = stem === undefined ? undefined : `${stem}${indexEnding}`;
  if (index !== undefined && (await isThere(path.join(folder, index))))
    return filesOfIndex(path.join(folder, index), folder, index);
  const isPefts = weightNames.includes(name) || index !== undefined;
  return {
    place,
    // Somebody has chosen this very file: a link to it is as good.
    weights: [{ name, path: await realpath(place) }],
    index: undefined,
    config: isPefts ? await configIn(folder) : undefined,
  };
}

async function filesInFolder(folder: string, entries: readonly Dirent[]): Promise<AdapterFiles> {
  const names = new Set(entries.filter(isFileOrLink).map(({ name }) => name));
  const links = new Set(entries.filter((entry) => entry.isSymbolicLink()).map(({ name }) => name));
  // What is no link is where it is; nothing has to be asked of it again.
  const placeOf = async (name: string) => (links.has(name) ? within(folder, name) : path.join(folder, name));
  const config = names.has(configName) ? await placeOf(configName) : undefined;
  const inOneFile = async (name: string): Promise<AdapterFiles> => ({
    place: folder,
    weights: [{ name, path: await placeOf(name) }],
    config,
    index: undefined,
  });
  const weight = weightNames.find((name) => names.has(name));
  if (weight !== undefined) return inOneFile(weight);
  const index = `adapter_model${indexEnding}`;
  if (names.has(index)) return filesOfIndex(folder, folder, index);
  const pickle = pickleNames.find((name) => names.has(name));
  if (config !== undefined && pickle !== undefined) return inOneFile(pickle);
  const [first, ...more] = [...names].filter((name) => /\.(?:safetensors|gguf)$/i.test(name)).toSorted();
  if (first === undefined) {
    if (config !== undefined)
      throw new AdapterRefusal('incomplete', () => textsNow().adapters.refused.noWeights);
    throw new AdapterRefusal('no-adapter', () => textsNow().adapters.refused.noAdapter);
  }
  const otherIndex = [...names].find((name) => name.endsWith(indexEnding));
  if (more.length > 0 && otherIndex !== undefined && more.every((name) => shardName.test(name)))
    return filesOfIndex(folder, folder, otherIndex);
  if (more.length > 0)
    throw new AdapterRefusal('several-adapters', () =>
      textsNow().adapters.refused.severalFiles(String(more.length + 1)),
    );
  return inOneFile(first);
}

async function filesOfIndex(place: string, folder: string, index: string): Promise<AdapterFiles> {
  const indexPath = await within(folder, index);
  const json = await readSmallJson(indexPath, { bytes: 32_000_000, values: 300_000 });
  const map = json.get('weight_map');
  if (!(map instanceof Map))
    throw new AdapterRefusal('malformed', () => textsNow().adapters.refused.indexSilent);
  const names = new Set<string>();
  for (const name of map.values()) {
    if (typeof name !== 'string')
      throw new AdapterRefusal('malformed', () => textsNow().adapters.refused.indexNameless);
    names.add(name);
    if (names.size > mostShards)
      throw new AdapterRefusal('header-too-large', () => textsNow().adapters.refused.indexTooMany);
  }
  const weights: WeightFile[] = [];
  for (const name of [...names].toSorted()) weights.push({ name, path: await shard(folder, name) });
  if (weights.length === 0) throw new AdapterRefusal('empty', () => textsNow().adapters.refused.indexEmpty);
  return { place, weights, config: await configIn(folder), index: { name: index, path: indexPath } };
}

async function shard(folder: string, name: string): Promise<string> {
  if (isTrick(name))
    throw new AdapterRefusal('path-trick', () => textsNow().adapters.refused.indexLeadsOut(quoted(name)));
  try {
    return await within(folder, name);
  } catch (error) {
    if (systemCodeOf(error) !== 'ENOENT') throw error;
    throw new AdapterRefusal('incomplete', () => textsNow().adapters.refused.partGone(quoted(name)), error);
  }
}

/** A part is a file beside its index, and its name no more than a name, on any system. */
function isTrick(name: string): boolean {
  return name === '' || name === '.' || name === '..' || name.length > 255 || /[\\/:\0]/.test(name);
}

async function configIn(folder: string): Promise<string | undefined> {
  return (await isThere(path.join(folder, configName))) ? within(folder, configName) : undefined;
}

/** Where a file of this folder really is: in it, or in the cache that Hugging Face keeps beside it. */
async function within(folder: string, name: string): Promise<string> {
  const file = path.join(folder, name);
  if (!(await lstat(file)).isSymbolicLink()) return file;
  const [real, home] = await Promise.all([realpath(file), realpath(folder)]);
  if (isInside(home, real) || isInside(blobsBeside(home), real)) return real;
  throw new AdapterRefusal('link-outside', () => textsNow().adapters.refused.linkOut(quoted(name)));
}

/** `models--who--what/snapshots/<version>` has links to `models--who--what/blobs`. */
function blobsBeside(folder: string): string | undefined {
  const snapshots = path.dirname(folder);
  const repository = path.dirname(snapshots);
  const isCache =
    path.basename(snapshots) === 'snapshots' && path.basename(repository).startsWith('models--');
  return isCache ? path.join(repository, 'blobs') : undefined;
}

export function isInside(folder: string | undefined, file: string): boolean {
  if (folder === undefined) return false;
  const relative = path.relative(folder, file);
  return (
    relative !== '' &&
    !relative.startsWith(`..${path.sep}`) &&
    relative !== '..' &&
    !path.isAbsolute(relative)
  );
}

function isFileOrLink(entry: Dirent): boolean {
  return entry.isFile() || entry.isSymbolicLink();
}

async function isThere(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  );
}
