import { textsNow } from '../../shared/texts/index.ts';
import { readdir, realpath } from 'node:fs/promises';
import type { Dirent } from 'node:fs';
import path from 'node:path';
import type { AdapterRefusalDto, AdapterReport } from '../../shared/schemas/adapter.ts';
import { isInside } from './adapter-files.ts';
import type { BaseModel } from './base-models.ts';
import { inspectAdapter } from './inspect-adapter.ts';
import { AdapterRefusal } from './refusal.ts';

/** Something in a folder that is an adapter, or looks like one from outside. */
export interface FoundAdapter {
  readonly place: string;
  /** Within the folder that was scanned. */
  readonly name: string;
  readonly found:
    | { readonly ok: true; readonly report: AdapterReport }
    | { readonly ok: false; readonly refusal: AdapterRefusalDto };
}

export interface ScanOptions {
  readonly models: readonly BaseModel[];
  readonly signal?: AbortSignal | undefined;
  readonly onFound: (adapter: FoundAdapter) => void | Promise<void>;
}

const deepest = 12;
const mostEntries = 500_000;
/** Reading headers is waiting for the disk most of the time. */
const atOnce = 8;
const isWeightFile = (name: string) => /\.(?:safetensors|gguf)$/i.test(name);
const isShard = (name: string) => /-\d{5}-of-\d{5}\.safetensors$/.test(name);

/** Looks through a folder and those in it; links to folders are not followed. */
export async function scanFolder(root: string, { models, signal, onFound }: ScanOptions): Promise<void> {
  const home = await realpath(root);
  const inspectOne = async ({ place, isLink }: Place) => {
    const name = path.relative(root, place) || path.basename(place);
    const isOutside = isLink && (await leadsOut(home, place));
    const found = isOutside
      ? { ok: false as const, refusal: outside().toDto() }
      : await inspectAdapter(place, { models });
    await onFound({ place, name, found });
  };
  let waiting: Place[] = [];
  for await (const place of findPlaces(root, signal)) {
    waiting.push(place);
    if (waiting.length < atOnce) continue;
    signal?.throwIfAborted();
    await Promise.all(waiting.map(inspectOne));
    waiting = [];
  }
  await Promise.all(waiting.map(inspectOne));
}

interface Place {
  readonly place: string;
  readonly isLink: boolean;
}

const outside = () => new AdapterRefusal('link-outside', () => textsNow().adapters.refused.linkOutOfFolder);

/** A folder of Hugging Face's cache leads to its own neighbour, which inspecting it allows. */
async function leadsOut(home: string, place: string): Promise<boolean> {
  const real = await realpath(place).catch(() => undefined);
  return real !== undefined && real !== home && !isInside(home, real);
}

async function* findPlaces(root: string, signal: AbortSignal | undefined): AsyncGenerator<Place> {
  const folders: { readonly folder: string; readonly depth: number }[] = [{ folder: root, depth: 0 }];
  let seen = 0;
  for (let next = folders.pop(); next; next = folders.pop()) {
    signal?.throwIfAborted();
    const { folder, depth } = next;
    const entries = await list(folder, depth === 0);
    seen += entries.length;
    if (seen > mostEntries) return;
    yield* placesIn(folder, entries);
    if (depth >= deepest) continue;
    for (const entry of entries)
      if (entry.isDirectory() && entry.name !== 'node_modules' && entry.name !== '.git')
        folders.push({ folder: path.join(folder, entry.name), depth: depth + 1 });
  }
}

/** One that cannot be read is left out, unless it is the one that was asked for. */
async function list(folder: string, isRoot: boolean): Promise<Dirent[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (isRoot) throw error;
    return [];
  }
}

function* placesIn(folder: string, entries: readonly Dirent[]): Generator<Place> {
  const files = entries.filter((entry) => !entry.isDirectory());
  const isPeft = files.some(
    ({ name }) => name === 'adapter_config.json' || name === 'adapter_model.safetensors',
  );
  if (isPeft) yield { place: folder, isLink: false };
  for (const file of files) {
    const { name } = file;
    const found = { place: path.join(folder, name), isLink: file.isSymbolicLink() };
    if (name.endsWith('.safetensors.index.json') && !isPeft) yield found;
    // Its parts belong to the index, and the weights of a folder of PEFT to that.
    if (!isWeightFile(name) || isShard(name)) continue;
    if (isPeft && /^adapters?(?:_model)?\.safetensors$/.test(name)) continue;
    yield found;
  }
}
