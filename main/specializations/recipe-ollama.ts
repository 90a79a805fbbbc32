import { textsNow } from '../../shared/texts/index.ts';
import type { Recipe, RecipeFile } from '../../shared/schemas/specialization-use.ts';
import { findByName, knownBaseModels } from '../adapters/base-models.ts';
import {
  type AdapterForUse,
  baseOf,
  baseWarnings,
  isHubName,
  refusal,
  shapeWarnings,
  shortNameOf,
  unknownBase,
  unnamedWarnings,
  whyNotForText,
} from './adapter-for-use.ts';
import { convertLine, mergedFile, mergeLines, script, whyToMerge } from './recipe-llama-cpp.ts';
import { mergeScript, whyNotForPeft } from './recipe-python.ts';

const own = { runtime: 'ollama', title: 'Ollama' } as const;

/** As Ollama's own library calls them, where it is not by the same pattern. */
const otherTags: Readonly<Record<string, string>> = {
  'CodeLlama-34B': 'codellama:34b',
  'TinyLlama-1.1B': 'tinyllama:1.1b',
  'Mistral-7B': 'mistral:7b',
  'Mistral-7B-v0.3': 'mistral:7b',
  'Mixtral-8x7B': 'mixtral:8x7b',
  'Mistral-Nemo-12B': 'mistral-nemo:12b',
  'Mistral-Small-24B': 'mistral-small:24b',
  'Phi-2': 'phi:2.7b',
  'Phi-3-mini': 'phi3:3.8b',
  'Phi-3-medium': 'phi3:14b',
  'Phi-3.5-mini': 'phi3.5:3.8b',
  'Phi-4': 'phi4:14b',
  'Phi-4-mini': 'phi4-mini:3.8b',
  'Yi-6B': 'yi:6b',
};

/** `Llama-3.1-8B` is `llama3.1:8b`, `Gemma-2B` is `gemma:2b`. */
export function ollamaTag(model: string): string | undefined {
  const other = otherTags[model];
  if (other !== undefined) return other;
  const [, family = '', version = '', size] =
    /^([A-Za-z]+\d*?)(?:-?(\d(?:\.\d)?))?-(\d[\d.]*[BM])$/.exec(model) ?? [];
  return size === undefined ? undefined : `${family}${version}:${size}`.toLowerCase();
}

export function ollamaRecipe(adapter: AdapterForUse): Recipe {
  const { report, file, folder, hasConfig, shell } = adapter;
  const reason = whyNotForText(adapter);
  if (reason !== undefined) return refusal(own.runtime, own.title, reason);
  const { from, warnings } = baseIn(adapter);
  if (isUnsayable(report.format === 'gguf' ? file : folder) || /[\r\n]/.test(from))
    return refusal(own.runtime, own.title, textsNow().recipes.ollama.path);
  const create = `ollama create ${shortNameOf(adapter)} -f Modelfile`;
  const run = `ollama run ${shortNameOf(adapter)}`;
  if (report.format === 'gguf')
    return {
      ...own,
      fits: 'yes',
      warnings,
      files: [modelfile(from, file), script('run.sh', [create, run], shell)],
    };
  if (report.layout !== 'mlx') {
    const unreadable = whyNotForPeft(adapter);
    if (unreadable !== undefined) return refusal(own.runtime, own.title, unreadable);
    const obstacle = whyToMerge(adapter) ?? whyNotScaled(adapter);
    if (obstacle !== undefined)
      return {
        ...own,
        fits: 'after-steps',
        warnings: [obstacle, ...baseWarnings(adapter)],
        files: [
          mergeScript(adapter),
          modelfile(`./${mergedFile(adapter)}`, undefined),
          script('run.sh', [...mergeLines(adapter), create, run], shell),
        ],
      };
  }
  if (report.layout === 'mlx' && !hasConfig)
    return refusal(own.runtime, own.title, textsNow().recipes.ollama.noConfig);
  if (readsItself(adapter))
    return {
      ...own,
      fits: 'yes',
      warnings,
      files: [modelfile(from, folder), script('run.sh', [create, run], shell)],
    };
  if (report.layout === 'mlx') return refusal(own.runtime, own.title, textsNow().recipes.ollama.mlx);
  const converted = `${shortNameOf(adapter)}-lora.gguf`;
  return {
    ...own,
    fits: 'after-steps',
    warnings: [textsNow().recipes.ollama.convert, ...warnings],
    files: [
      modelfile(from, `./${converted}`),
      script('run.sh', [convertLine(adapter, converted), create, run], shell),
    ],
  };
}

/**
 * Families whose safetensors adapters Ollama converts itself; all other modules are lost on the way, and of an alpha it
 * reads whole numbers alone.
 */
function readsItself(adapter: AdapterForUse): boolean {
  const { alpha, targets, verdict } = adapter.report;
  const base = baseOf(adapter);
  if (/llama-?_?4|vision/i.test(base)) return false;
  // What it says it is for goes before what has the same shapes.
  const names = base === unknownBase ? verdict.models : [base];
  const known = findByName(base, knownBaseModels) ? names : [...names, ...verdict.models];
  const taken = ['q_proj', 'k_proj', 'v_proj', 'o_proj', 'gate_proj', 'up_proj', 'down_proj'];
  return (
    known.some((name) => /llama|mistral|gemma-?_?2-/i.test(name)) &&
    (alpha === null || Number.isInteger(alpha)) &&
    targets.every(({ name }) => taken.includes(name))
  );
}

/** A Modelfile has no place for a scale. */
function whyNotScaled({ report }: AdapterForUse): string | undefined {
  return report.isRankStabilized ? textsNow().recipes.ollama.stabilized : undefined;
}

function baseIn(adapter: AdapterForUse): { from: string; warnings: string[] } {
  const base = baseOf(adapter);
  const warnings = [...unnamedWarnings(adapter), ...shapeWarnings(adapter)];
  const known = base === unknownBase ? undefined : findByName(base, knownBaseModels);
  const likely =
    known?.name ??
    (adapter.report.verdict.kind === 'contradicts' ? undefined : adapter.report.verdict.models[0]);
  const tag = likely === undefined ? undefined : ollamaTag(likely);
  if (tag === undefined) {
    if (base !== unknownBase) warnings.push(textsNow().recipes.ollama.unknown(base, unknownBase));
    return { from: isHubName(base) || base === unknownBase ? unknownBase : base, warnings };
  }
  if (!/instruct|chat|-it\b|assistant/i.test(base)) warnings.push(textsNow().recipes.ollama.chat(tag));
  return { from: tag, warnings };
}

/** The rest of the line is the value, spaces and all; quotes around it would be taken off. */
function modelfile(from: string, adapter: string | undefined): RecipeFile {
  const lines = [`FROM ${from}`, ...(adapter === undefined ? [] : [`ADAPTER ${adapter}`])];
  return { name: 'Modelfile', language: 'modelfile', text: `${lines.join('\n')}\n` };
}

/** A line more would be another instruction. */
const isUnsayable = (place: string): boolean => /[\r\n]|^\s|\s$|^["']/.test(place);
