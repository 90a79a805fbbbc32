import { textsNow } from '../../shared/texts/index.ts';
import { AdapterRefusal, quoted, sizeInWords } from './refusal.ts';

/** One tensor as the header of its file describes it. */
export interface Tensor {
  readonly name: string;
  readonly dtype: string;
  /** As PyTorch says it: what varies fastest comes last. */
  readonly shape: readonly number[];
  /** Where its bytes lie in the file. */
  readonly begin: number;
  readonly end: number;
}

/** What the header of one file says. */
export interface TensorFile {
  readonly format: 'safetensors' | 'gguf';
  readonly tensors: readonly Tensor[];
  readonly metadata: ReadonlyMap<string, string | number | boolean>;
  readonly sizeBytes: number;
  readonly storedBytes: number | undefined;
  readonly modifiedMs: number;
}

/** The largest mixtures of experts have half of it adapted; each costs some 250 bytes here. */
export const mostTensors = 100_000;
export const longestTensorName = 512;

/** Whole numbers that can be counted with, and so few of them that no shape is a memory of its own. */
export function isDimension(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

export function elementsOf({ name, shape }: Pick<Tensor, 'name' | 'shape'>): number {
  let elements = 1;
  for (const size of shape) elements *= size;
  if (!Number.isSafeInteger(elements))
    throw new AdapterRefusal('wrong-size', () => textsNow().adapters.refused.impossiblyLarge(quoted(name)));
  return elements;
}

/**
 * Each tensor begins where the one before ends, or after as much padding as the format has, and the last ends with
 * the file: what lies beside them, or in two of them at once, was put there on purpose.
 */
export function checkPlaces(
  tensors: readonly Tensor[],
  { from, sizeBytes, alignment }: { from: number; sizeBytes: number; alignment: number },
): void {
  const isInOrder = tensors.every(({ begin, end }, index) => {
    const before = tensors[index - 1];
    return !before || before.begin < begin || (before.begin === begin && before.end <= end);
  });
  const inOrder = isInOrder ? tensors : tensors.toSorted((a, b) => a.begin - b.begin || a.end - b.end);
  const last = inOrder.reduce((most, { end }) => Math.max(most, end), from);
  if (last > sizeBytes)
    throw new AdapterRefusal('truncated', () =>
      textsNow().adapters.refused.cutOff(sizeInWords(last - sizeBytes), sizeInWords(last)),
    );
  let at = from;
  for (const { name, begin, end } of inOrder) {
    if (begin < at)
      throw new AdapterRefusal('overlapping', () => textsNow().adapters.refused.overlaps(quoted(name)));
    if (begin - at >= alignment)
      throw new AdapterRefusal('malformed', () =>
        textsNow().adapters.refused.gapBefore(quoted(name), sizeInWords(begin - at)),
      );
    at = end;
  }
  if (sizeBytes - at >= alignment)
    throw new AdapterRefusal('malformed', () =>
      textsNow().adapters.refused.gapAtEnd(sizeInWords(sizeBytes - at)),
    );
}
