import { textsNow } from '../../shared/texts/index.ts';
import type { AdapterLayout } from '../../shared/schemas/adapter.ts';
import { AdapterRefusal, quoted } from './refusal.ts';
import { otherMethodOf, placeOf, readTensorName, type ModulePlace, type TensorPart } from './tensor-names.ts';
import { elementsOf, type Tensor } from './tensor-table.ts';

/** A weight of the base model that is adapted by a pair of factors. */
export interface AdapterModule {
  readonly name: string;
  readonly place: ModulePlace;
  readonly rank: number;
  readonly inFeatures: number;
  readonly outFeatures: number;
  readonly isDora: boolean;
  /** Where its alpha is a tensor of its own. */
  readonly alphaTensor: Tensor | undefined;
}

export interface AdapterTensors {
  readonly layout: AdapterLayout;
  readonly modules: readonly AdapterModule[];
  /** Modules of which one of both factors is missing. */
  readonly halves: readonly string[];
  readonly wholeWeights: readonly string[];
  readonly emptyTensors: readonly string[];
}

type Parts = Partial<Record<TensorPart, Tensor>>;
/** A few embeddings may be saved whole beside the pairs; more, and it is a model with an adapter in it. */
const usualWholeWeights = 8;

export function findModules(tensors: readonly Tensor[], format: 'safetensors' | 'gguf'): AdapterTensors {
  const partsOf = new Map<string, Parts>();
  const votes = new Map<AdapterLayout, number>();
  const whole = new Set<string>();
  for (const tensor of tensors) {
    const { module, part, layout } = readTensorName(tensor.name);
    if (part === 'whole') {
      whole.add(module);
      continue;
    }
    const parts = partsOf.get(module) ?? {};
    partsOf.set(module, parts);
    if (parts[part] && part !== 'bias')
      throw new AdapterRefusal('duplicate-keys', () =>
        textsNow().adapters.refused.adaptsTwice(quoted(module)),
      );
    parts[part] = tensor;
    if (layout && part !== 'alpha') votes.set(layout, (votes.get(layout) ?? 0) + 1);
  }
  const layout = format === 'gguf' ? 'gguf' : mostVoted(votes);
  const pairs = [...partsOf].filter(([, { down, up }]) => down && up);
  if (pairs.length === 0 || layout === undefined) throw notAnAdapter(tensors, partsOf.size);
  if (whole.size > usualWholeWeights && whole.size > pairs.length)
    throw new AdapterRefusal('full-model', () => textsNow().adapters.refused.modelWithAdapter);
  return {
    layout,
    modules: pairs.map(([name, parts]) => toModule(name, parts, layout)),
    halves: [...partsOf].filter(([, { down, up }]) => !down !== !up).map(([name]) => name),
    wholeWeights: [...whole],
    emptyTensors: tensors.filter(({ shape }) => shape.includes(0)).map(({ name }) => name),
  };
}

function toModule(name: string, { down, up, magnitude, alpha }: Parts, layout: AdapterLayout): AdapterModule {
  const isTransposed = layout === 'mlx';
  const [downRows, downColumns] = factorOf(down, layout);
  const [upRows, upColumns] = factorOf(up, layout);
  const [rank, inFeatures] = isTransposed ? [downColumns, downRows] : [downRows, downColumns];
  const [outFeatures, upRank] = isTransposed ? [upColumns, upRows] : [upRows, upColumns];
  if (rank === undefined || inFeatures === undefined || outFeatures === undefined || rank !== upRank)
    throw new AdapterRefusal('malformed', () => textsNow().adapters.refused.unequalFactors(quoted(name)));
  return {
    name,
    place: placeOf(name),
    rank,
    inFeatures,
    outFeatures,
    isDora: magnitude !== undefined,
    alphaTensor: alpha,
  };
}

/** Those of the experts of a mixture lie in one tensor in GGUF, of which each has the same rank. */
function factorOf(tensor: Tensor | undefined, layout: AdapterLayout): readonly number[] {
  const shape = tensor?.shape ?? [];
  return layout === 'gguf' && shape.length === 3 ? shape.slice(1) : shape;
}

function mostVoted(votes: ReadonlyMap<AdapterLayout, number>): AdapterLayout | undefined {
  return [...votes].toSorted(([, a], [, b]) => b - a)[0]?.[0];
}

function notAnAdapter(tensors: readonly Tensor[], halves: number): AdapterRefusal {
  if (tensors.length === 0) return new AdapterRefusal('empty', () => textsNow().adapters.refused.noTensors);
  for (const { name } of tensors) {
    const method = otherMethodOf(name);
    if (method)
      return new AdapterRefusal('other-method', () => textsNow().adapters.refused.otherMethod(method));
  }
  if (halves > 0) return new AdapterRefusal('malformed', () => textsNow().adapters.refused.halves);
  const parameters = tensors.reduce((sum, tensor) => sum + elementsOf(tensor), 0);
  return new AdapterRefusal('full-model', () =>
    textsNow().adapters.refused.wholeModel(String(tensors.length), countInWords(parameters)),
  );
}

export function countInWords(count: number): string {
  if (count >= 1e9) return textsNow().adapters.billions(count / 1e9);
  return count >= 1e6 ? textsNow().adapters.millions(count / 1e6) : String(count);
}
