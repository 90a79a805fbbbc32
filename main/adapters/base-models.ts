/** The measures of a language model by which adapters for it can be told. */
export interface BaseModel {
  readonly name: string;
  readonly hidden: number;
  readonly layers: number;
  readonly intermediate: number;
  readonly heads: number;
  readonly keyValueHeads: number;
  readonly headSize: number;
  readonly vocabulary: number | undefined;
}

type Row = readonly [
  name: string,
  hidden: number,
  layers: number,
  intermediate: number,
  heads: number,
  keyValueHeads: number,
  headSize: number,
  vocabulary: number,
];

/** As their own `config.json` has it. */
const rows: readonly Row[] = [
  ['Llama-2-7B', 4096, 32, 11008, 32, 32, 128, 32000],
  ['Llama-2-13B', 5120, 40, 13824, 40, 40, 128, 32000],
  ['Llama-2-70B', 8192, 80, 28672, 64, 8, 128, 32000],
  ['CodeLlama-34B', 8192, 48, 22016, 64, 8, 128, 32000],
  ['Llama-3-8B', 4096, 32, 14336, 32, 8, 128, 128256],
  ['Llama-3-70B', 8192, 80, 28672, 64, 8, 128, 128256],
  ['Llama-3.1-8B', 4096, 32, 14336, 32, 8, 128, 128256],
  ['Llama-3.1-70B', 8192, 80, 28672, 64, 8, 128, 128256],
  ['Llama-3.1-405B', 16384, 126, 53248, 128, 8, 128, 128256],
  ['Llama-3.2-1B', 2048, 16, 8192, 32, 8, 64, 128256],
  ['Llama-3.2-3B', 3072, 28, 8192, 24, 8, 128, 128256],
  ['Llama-3.3-70B', 8192, 80, 28672, 64, 8, 128, 128256],
  ['TinyLlama-1.1B', 2048, 22, 5632, 32, 4, 64, 32000],
  ['Mistral-7B', 4096, 32, 14336, 32, 8, 128, 32000],
  ['Mistral-7B-v0.3', 4096, 32, 14336, 32, 8, 128, 32768],
  ['Mixtral-8x7B', 4096, 32, 14336, 32, 8, 128, 32000],
  ['Mistral-Nemo-12B', 5120, 40, 14336, 32, 8, 128, 131072],
  ['Mistral-Small-24B', 5120, 40, 32768, 32, 8, 128, 131072],
  ['Qwen2-0.5B', 896, 24, 4864, 14, 2, 64, 151936],
  ['Qwen2-1.5B', 1536, 28, 8960, 12, 2, 128, 151936],
  ['Qwen2-7B', 3584, 28, 18944, 28, 4, 128, 152064],
  ['Qwen2-72B', 8192, 80, 29568, 64, 8, 128, 152064],
  ['Qwen2.5-0.5B', 896, 24, 4864, 14, 2, 64, 151936],
  ['Qwen2.5-1.5B', 1536, 28, 8960, 12, 2, 128, 151936],
  ['Qwen2.5-3B', 2048, 36, 11008, 16, 2, 128, 151936],
  ['Qwen2.5-7B', 3584, 28, 18944, 28, 4, 128, 152064],
  ['Qwen2.5-14B', 5120, 48, 13824, 40, 8, 128, 152064],
  ['Qwen2.5-32B', 5120, 64, 27648, 40, 8, 128, 152064],
  ['Qwen2.5-72B', 8192, 80, 29568, 64, 8, 128, 152064],
  ['Qwen3-0.6B', 1024, 28, 3072, 16, 8, 128, 151936],
  ['Qwen3-1.7B', 2048, 28, 6144, 16, 8, 128, 151936],
  ['Qwen3-4B', 2560, 36, 9728, 32, 8, 128, 151936],
  ['Qwen3-8B', 4096, 36, 12288, 32, 8, 128, 151936],
  ['Qwen3-14B', 5120, 40, 17408, 40, 8, 128, 151936],
  ['Qwen3-32B', 5120, 64, 25600, 64, 8, 128, 151936],
  ['Gemma-2B', 2048, 18, 16384, 8, 1, 256, 256000],
  ['Gemma-7B', 3072, 28, 24576, 16, 16, 256, 256000],
  ['Gemma-2-2B', 2304, 26, 9216, 8, 4, 256, 256000],
  ['Gemma-2-9B', 3584, 42, 14336, 16, 8, 256, 256000],
  ['Gemma-2-27B', 4608, 46, 36864, 32, 16, 128, 256000],
  ['Gemma-3-270M', 640, 18, 2048, 4, 1, 256, 262144],
  ['Gemma-3-1B', 1152, 26, 6912, 4, 1, 256, 262144],
  ['Gemma-3-4B', 2560, 34, 10240, 8, 4, 256, 262208],
  ['Gemma-3-12B', 3840, 48, 15360, 16, 8, 256, 262208],
  ['Gemma-3-27B', 5376, 62, 21504, 32, 16, 128, 262208],
  ['Phi-2', 2560, 32, 10240, 32, 32, 80, 51200],
  ['Phi-3-mini', 3072, 32, 8192, 32, 32, 96, 32064],
  ['Phi-3-medium', 5120, 40, 17920, 40, 10, 128, 32064],
  ['Phi-3.5-mini', 3072, 32, 8192, 32, 32, 96, 32064],
  ['Phi-4', 5120, 40, 17920, 40, 10, 128, 100352],
  ['Phi-4-mini', 3072, 32, 8192, 24, 8, 128, 200064],
  ['SmolLM2-135M', 576, 30, 1536, 9, 3, 64, 49152],
  ['SmolLM2-360M', 960, 32, 2560, 15, 5, 64, 49152],
  ['SmolLM2-1.7B', 2048, 24, 8192, 32, 32, 64, 49152],
  ['Yi-6B', 4096, 32, 11008, 32, 4, 128, 64000],
];

export const knownBaseModels: readonly BaseModel[] = rows.map(
  ([name, hidden, layers, intermediate, heads, keyValueHeads, headSize, vocabulary]) => ({
    name,
    hidden,
    layers,
    intermediate,
    heads,
    keyValueHeads,
    headSize,
    vocabulary,
  }),
);

/** Models that are called by another name than the one whose shapes they have. */
const otherNames: readonly (readonly [RegExp, string])[] = [
  [/deepseek-r1-distill-llama-8b/, 'llama-3.1-8b'],
  [/deepseek-r1-distill-llama-70b/, 'llama-3.1-70b'],
  [/deepseek-r1-distill-qwen-(1\.5|7|14|32)b/, 'qwen2.5-$1b'],
  [/mistral-nemo/, 'mistral-nemo-12b'],
  [/mistral-small(?:-\d[\d.]*)?-24b/, 'mistral-small-24b'],
  [/codellama-(7|13)b/, 'llama-2-$1b'],
  [/llama-?(2|3|3\.\d)-?(\d+b)/, 'llama-$1-$2'],
  [/phi-?(\d)/, 'phi-$1'],
];

/** One spelling for `meta-llama/Meta-Llama-3.1-8B-Instruct` and its copies. */
function plainName(name: string): string {
  const plain = name
    .slice(-200)
    .toLowerCase()
    .replaceAll(/[_\s]/g, '-')
    .replaceAll(/(\d)p(\d)/g, '$1.$2');
  const other = otherNames.find(([pattern]) => pattern.test(plain));
  return other ? plain.replace(other[0], other[1]) : plain;
}

/** Of those that ship, which is most of them, only once. */
const plainNames = new WeakMap<BaseModel, string>();

function plainNameOf(model: BaseModel): string {
  const plain = plainNames.get(model) ?? plainName(model.name);
  plainNames.set(model, plain);
  return plain;
}

/** The one that is meant by the name that an adapter gives; the longest, if several are. */
export function findByName(name: string, models: readonly BaseModel[]): BaseModel | undefined {
  const last = plainName(lastOf(name));
  const meant = models.filter((model) => {
    const known = plainNameOf(model);
    const at = last.indexOf(known);
    // Not one of 7B in a name of 70B, nor Qwen2-7B in CodeQwen2-7B.
    return (
      at >= 0 && !/[a-z0-9.]/.test(last[at + known.length] ?? '') && !/[a-z0-9]/.test(last[at - 1] ?? '')
    );
  });
  return meant.toSorted((a, b) => b.name.length - a.name.length)[0];
}

/** A name without the folders that it stands in: they are nobody's business. */
export function lastOf(name: string): string {
  const parts = name.split(/[\\/]/).filter((part) => part !== '');
  // The cache of Hugging Face has the name in the folder above those of its versions.
  const cached = parts.findLast((part) => part.startsWith('models--'));
  return cached ? (cached.split('--').at(-1) ?? cached) : (parts.at(-1) ?? name);
}
