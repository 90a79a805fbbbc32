import { textsNow } from '../../shared/texts/index.ts';
import { toldBy } from '../../shared/texts/told.ts';
import type {
  AdapterMap,
  AdapterNote,
  AdapterReport,
  AdapterTarget,
  CountedValue,
} from '../../shared/schemas/adapter.ts';
import { patternFor, type AdapterConfig } from './adapter-config.ts';
import type { AdapterModule, AdapterTensors } from './adapter-modules.ts';
import { compareWithConfig, list } from './agreement.ts';
import type { BaseModel } from './base-models.ts';
import { sizeInWords } from './refusal.ts';
import { elementsOf, type Tensor, type TensorFile } from './tensor-table.ts';
import { baseModelIn, shortText, shownModelName, trainingFacts } from './training-facts.ts';
import { judge } from './verdict.ts';

export interface AdapterParts {
  readonly files: readonly TensorFile[];
  readonly found: AdapterTensors;
  readonly config: AdapterConfig | undefined;
  /** By module, where they are tensors. */
  readonly alphas: ReadonlyMap<string, number>;
  readonly models: readonly BaseModel[];
}

const mostMapped = { layers: 2000, targets: 100 };
const mostListed = 100;
/** To make one takes longer than to describe an adapter. */
const byNumber = new Intl.Collator('en', { numeric: true });

/** Everything that can be said of an adapter whose headers have been read. */
export function describeAdapter({ files, found, config, alphas, models }: AdapterParts): AdapterReport {
  const { modules, layout, wholeWeights } = found;
  const tensors = files.flatMap((file) => file.tensors);
  const metadata = new Map(files.flatMap((file) => [...file.metadata]));
  const claimed = config?.baseModel ?? baseModelIn(metadata);
  const ranks = countValues(modules.map(({ rank }) => rank));
  const alphaValues = countValues(
    modules.flatMap((module) => alphas.get(module.name) ?? alphaOf(module, config, metadata) ?? []),
  );
  const targets = describeTargets(modules);
  return {
    format: files[0]?.format ?? 'safetensors',
    layout,
    purpose: modules.some(({ place }) => place.purpose === 'image') ? 'image' : 'text',
    files: files.length,
    baseModel: claimed === undefined ? null : shownModelName(claimed),
    rank: ranks[0]?.value ?? null,
    alpha: alphaValues[0]?.value ?? null,
    ranks: ranks.slice(0, mostListed),
    alphas: alphaValues.slice(0, mostListed),
    isRankStabilized: config?.isRankStabilized ?? false,
    isDora: modules.some((module) => module.isDora),
    modules: modules.length,
    targets: targets.slice(0, mostListed),
    map: drawMap(modules, targets),
    wholeWeights: wholeWeights.slice(0, mostListed).map(shortText),
    dtypes: countDtypes(tensors),
    tensors: tensors.length,
    parameterCount: tensors.reduce((sum, tensor) => sum + elementsOf(tensor), 0),
    fileSizeBytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    training: trainingFacts(metadata, config?.training ?? []),
    notes: [
      ...(config ? compareWithConfig(config, found) : []),
      ...compareWithMetadata(metadata, modules, alphaValues),
      ...oddities(files, found, metadata),
    ],
    verdict: judge(modules, claimed, models),
  };
}

function alphaOf(
  module: AdapterModule,
  config: AdapterConfig | undefined,
  metadata: TensorFile['metadata'],
): number | undefined {
  const ofGguf = metadata.get('adapter.lora.alpha');
  if (typeof ofGguf === 'number') return ofGguf;
  if (!config) return undefined;
  if (config.scale !== undefined) return config.scale * module.rank;
  return patternFor(config.alphaPattern, module.name, config.alpha);
}

function compareWithMetadata(
  metadata: TensorFile['metadata'],
  modules: readonly AdapterModule[],
  alphas: readonly CountedValue[],
): AdapterNote[] {
  const notes: AdapterNote[] = [];
  // Those of convolutions are often smaller, which stands elsewhere.
  const rank = numberIn(metadata.get('ss_network_dim'));
  const other = modules.filter((module) => module.rank !== rank).length;
  if (rank !== undefined && other === modules.length)
    notes.push({
      kind: 'rank',
      message: toldBy(() => textsNow().adapters.notes.rankOfMetadata(rank, modules.length)),
    });
  const alpha = numberIn(metadata.get('ss_network_alpha'));
  if (alpha !== undefined && alphas.length > 0 && !alphas.some(({ value }) => value === alpha))
    notes.push({
      kind: 'alpha',
      message: toldBy(() => textsNow().adapters.notes.alphaOfMetadata(alpha, modules.length)),
    });
  return notes;
}

export function numberIn(value: string | number | boolean | undefined): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

function oddities(
  files: readonly TensorFile[],
  { halves, emptyTensors, layout }: AdapterTensors,
  metadata: TensorFile['metadata'],
): AdapterNote[] {
  const notes: AdapterNote[] = [];
  if (halves.length > 0)
    notes.push({ kind: 'half', message: toldBy(() => textsNow().adapters.notes.halves(list(halves))) });
  if (emptyTensors.length > 0)
    notes.push({
      kind: 'empty-tensors',
      message: toldBy(() => textsNow().adapters.notes.nothingIn(list(emptyTensors))),
    });
  const size = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const stored = files.reduce((sum, { storedBytes, sizeBytes }) => sum + (storedBytes ?? sizeBytes), 0);
  // Some file systems compress; weights hardly lose a half by that.
  if (size > 1e6 && stored < size / 2)
    notes.push({
      kind: 'not-on-disk',
      message: toldBy(() => textsNow().adapters.notes.neverWritten(sizeInWords(size), sizeInWords(stored))),
    });
  if (layout === 'gguf' && metadata.get('general.type') !== 'adapter')
    notes.push({ kind: 'runtime', message: toldBy(() => textsNow().adapters.notes.noAdapterByItself) });
  return notes;
}

function describeTargets(modules: readonly AdapterModule[]): AdapterTarget[] {
  const found = new Map<string, { -readonly [Key in keyof AdapterTarget]: AdapterTarget[Key] }>();
  for (const { place, inFeatures, outFeatures } of modules) {
    const target = found.get(place.target);
    if (target) {
      target.modules++;
      if (target.inFeatures !== inFeatures) target.inFeatures = null;
      if (target.outFeatures !== outFeatures) target.outFeatures = null;
    } else found.set(place.target, { name: shortText(place.target), modules: 1, inFeatures, outFeatures });
  }
  return [...found.values()].toSorted((a, b) => b.modules - a.modules || (a.name < b.name ? -1 : 1));
}

function drawMap(modules: readonly AdapterModule[], targets: readonly AdapterTarget[]): AdapterMap {
  const names = targets.slice(0, mostMapped.targets).map(({ name }) => name);
  const columns = new Map(names.map((name, index) => [name, index]));
  const shown = new Map<string, string>();
  for (const { place } of modules)
    if (!shown.has(place.target)) shown.set(place.target, shortText(place.target));
  const all = [...new Set(modules.map(({ place }) => place.layer))].toSorted(byNumber.compare);
  const layers = all.slice(0, mostMapped.layers);
  const rows = new Map(layers.map((layer, index) => [layer, index]));
  const ranks = Array.from({ length: layers.length * names.length }, () => 0);
  for (const { place, rank } of modules) {
    const row = rows.get(place.layer);
    const column = columns.get(shown.get(place.target) ?? '');
    if (row === undefined || column === undefined) continue;
    const at = row * names.length + column;
    ranks[at] = Math.max(ranks[at] ?? 0, rank);
  }
  return {
    layers: layers.map(shortText),
    targets: names,
    ranks,
    isCut: all.length > layers.length || targets.length > names.length,
  };
}

/** The most frequent first. */
function countValues(values: readonly number[]): CountedValue[] {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .map(([value, modules]) => ({ value, modules }))
    .toSorted((a, b) => b.modules - a.modules || b.value - a.value);
}

function countDtypes(tensors: readonly Tensor[]): { dtype: string; tensors: number }[] {
  const counts = new Map<string, number>();
  for (const { dtype } of tensors) counts.set(dtype, (counts.get(dtype) ?? 0) + 1);
  return [...counts]
    .map(([dtype, count]) => ({ dtype, tensors: count }))
    .toSorted((a, b) => b.tensors - a.tensors);
}
