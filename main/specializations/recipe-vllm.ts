import type { Recipe } from '../../shared/schemas/specialization-use.ts';
import {
  type AdapterForUse,
  baseOf,
  baseWarnings,
  hasMixedAlphas,
  hasMixedRanks,
  isPeftFolder,
  refusal,
  shellQuoted,
  shortNameOf,
  whyNotForText,
} from './adapter-for-use.ts';
import { script } from './recipe-llama-cpp.ts';
import { mergeScript, whyNotForPeft } from './recipe-python.ts';

const own = { runtime: 'vllm', title: 'vLLM' } as const;
/** The largest ranks that it can be started with. */
const ranksTaken = [8, 16, 32, 64, 128, 256, 320, 512];

export function vllmRecipe(adapter: AdapterForUse): Recipe {
  const { report, shell, folder } = adapter;
  const reason = whyNotForText(adapter);
  if (reason !== undefined) return refusal(own.runtime, own.title, reason);
  if (report.format === 'gguf')
    return refusal(
      own.runtime,
      own.title,
      'vLLM does not read adapters in GGUF: it needs the one this was made from.',
    );
  const unreadable = whyNotForPeft(adapter);
  if (unreadable !== undefined)
    return refusal(own.runtime, own.title, unreadable.replace('PEFT does not', 'vLLM does not'));
  const rank = Math.max(0, ...report.ranks.map(({ value }) => value));
  const most = ranksTaken.find((each) => each >= rank);
  const obstacle = whyToMerge(adapter, most);
  if (obstacle !== undefined)
    return {
      ...own,
      fits: 'after-steps',
      warnings: [obstacle, ...baseWarnings(adapter)],
      files: [
        mergeScript(adapter),
        script('run.sh', ['python merge-adapter.py', 'vllm serve merged'], shell),
      ],
    };
  const base = shellQuoted(baseOf(adapter), shell);
  const module = shellQuoted(`${shortNameOf(adapter)}=${folder}`, shell);
  return {
    ...own,
    fits: 'yes',
    warnings: baseWarnings(adapter),
    files: [
      script(
        'run.sh',
        [`vllm serve ${base} --enable-lora --max-lora-rank ${most ?? 16} --lora-modules ${module}`],
        shell,
      ),
    ],
  };
}

/** Undefined: it can be served beside its base model. */
function whyToMerge(adapter: AdapterForUse, most: number | undefined): string | undefined {
  const { report } = adapter;
  const way = 'Merge it into its base model, as below.';
  if (report.isDora) return `vLLM does not serve DoRA. ${way}`;
  if (report.wholeWeights.length > 0)
    return `vLLM takes no adapter that brings whole weights (modules_to_save). ${way}`;
  if (hasMixedRanks(adapter) || hasMixedAlphas(adapter))
    return `vLLM scales all modules alike, and these have different ranks or alphas. ${way}`;
  if (most === undefined) return `vLLM serves ranks up to ${ranksTaken.at(-1)}, and this has more. ${way}`;
  if (!isPeftFolder(adapter))
    return `vLLM reads a folder with adapter_config.json and adapter_model.safetensors, which this is not. ${way}`;
  return undefined;
}
