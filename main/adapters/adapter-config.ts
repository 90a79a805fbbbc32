import { textsNow } from '../../shared/texts/index.ts';
import { AdapterRefusal, quoted } from './refusal.ts';
import { readSmallJson, type JsonMap } from './small-json.ts';

/** What `adapter_config.json` says, as PEFT or MLX write it. Whatever is left out is undefined. */
export interface AdapterConfig {
  /** As it stands there: often a path on somebody's computer. */
  readonly baseModel: string | undefined;
  readonly rank: number | undefined;
  readonly alpha: number | undefined;
  /** MLX says directly by how much the change is multiplied. */
  readonly scale: number | undefined;
  readonly rankPattern: ReadonlyMap<string, number>;
  readonly alphaPattern: ReadonlyMap<string, number>;
  /** A text is a pattern, which is shown and never evaluated. */
  readonly targetModules: readonly string[] | string | undefined;
  readonly layers: readonly number[] | undefined;
  readonly modulesToSave: readonly string[];
  readonly isRankStabilized: boolean;
  readonly isDora: boolean | undefined;
  readonly training: readonly (readonly [key: string, value: string])[];
}

const worthTelling = [
  'task_type',
  'lora_dropout',
  'bias',
  'init_lora_weights',
  'fan_in_fan_out',
  'revision',
  'peft_version',
  'learning_rate',
  'iters',
  'batch_size',
  'seed',
  'max_seq_length',
];

export async function readAdapterConfig(file: string): Promise<AdapterConfig> {
  const json = await readSmallJson(file, { bytes: 4_000_000, values: 200_000 });
  const type = text(json, 'peft_type');
  const kind = text(json, 'fine_tune_type');
  if (type !== undefined && type.toUpperCase() !== 'LORA')
    throw new AdapterRefusal('other-method', () => textsNow().adapters.refused.otherMethod(quoted(type)));
  if (kind === 'full') throw new AdapterRefusal('full-model', () => textsNow().adapters.refused.trainedWhole);
  const parameters = json.get('lora_parameters');
  const lora: JsonMap = parameters instanceof Map ? parameters : new Map();
  const dora = json.get('use_dora');
  return {
    baseModel: text(json, 'base_model_name_or_path') ?? text(json, 'model'),
    rank: positive(json.get('r') ?? lora.get('rank')),
    alpha: finite(json.get('lora_alpha') ?? lora.get('alpha')),
    scale: finite(lora.get('scale')),
    rankPattern: numbers(json.get('rank_pattern')),
    alphaPattern: numbers(json.get('alpha_pattern')),
    targetModules: text(json, 'target_modules') ?? texts(json.get('target_modules')),
    layers: layerNumbers(json.get('layers_to_transform')),
    modulesToSave: texts(json.get('modules_to_save')) ?? [],
    isRankStabilized: json.get('use_rslora') === true,
    isDora: kind === 'dora' || (typeof dora === 'boolean' ? dora : undefined),
    training: worthTelling.flatMap((key) => {
      const value = json.get(key);
      const isTold = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
      return isTold ? [[key, String(value)] as const] : [];
    }),
  };
}

function text(json: JsonMap, key: string): string | undefined {
  const value = json.get(key);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function texts(value: unknown): string[] | undefined {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : undefined;
}

function positive(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined;
}

function finite(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function numbers(value: unknown): Map<string, number> {
  if (!(value instanceof Map)) return new Map();
  const found = new Map<string, number>();
  for (const [key, number] of value) {
    const known = finite(number);
    if (typeof key === 'string' && known !== undefined) found.set(key, known);
  }
  return found;
}

function layerNumbers(value: unknown): number[] | undefined {
  const list = Array.isArray(value) ? value : [value];
  const found = list.filter((each) => typeof each === 'number');
  return found.length > 0 ? found : undefined;
}

/** Whether PEFT would mean this module by that name. */
export function isMeant(module: string, name: string): boolean {
  return module === name || module.endsWith(`.${name}`);
}

/** Of a pattern by name, what holds for a module; `usual` where nothing else is said. */
export function patternFor(
  pattern: ReadonlyMap<string, number>,
  module: string,
  usual: number | undefined,
): number | undefined {
  const exact = pattern.get(module);
  if (exact !== undefined) return exact;
  for (const [name, value] of pattern) if (isMeant(module, name.replace(/^\^/, ''))) return value;
  return usual;
}
