import { textsNow } from '../../shared/texts/index.ts';
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
  if (report.format === 'gguf') return refusal(own.runtime, own.title, textsNow().recipes.vllm.gguf);
  const unreadable = whyNotForPeft(adapter, own.title);
  if (unreadable !== undefined) return refusal(own.runtime, own.title, unreadable);
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
  const texts = textsNow();
  if (report.isDora) return texts.recipes.vllm.dora;
  if (report.wholeWeights.length > 0) return texts.recipes.vllm.wholeWeights;
  if (hasMixedRanks(adapter) || hasMixedAlphas(adapter)) return texts.recipes.vllm.mixed;
  if (most === undefined) return texts.recipes.vllm.rank(Math.max(...ranksTaken));
  if (!isPeftFolder(adapter)) return texts.recipes.vllm.noFolder;
  return undefined;
}
