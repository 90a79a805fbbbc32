import { textsNow } from '../../shared/texts/index.ts';
import { inWords } from '../../shared/texts/told.ts';
import type { Recipe, RecipeFile } from '../../shared/schemas/specialization-use.ts';
import {
  type AdapterForUse,
  baseOf,
  baseWarnings,
  commands,
  hasMixedAlphas,
  hasMixedRanks,
  isHubName,
  isPeftFolder,
  refusal,
  shapeWarnings,
  shellQuoted,
  shortNameOf,
  unknownBase,
  whyNotForText,
} from './adapter-for-use.ts';
import { mergeScript, whyNotForPeft } from './recipe-python.ts';

const own = { runtime: 'llama.cpp', title: 'llama.cpp' } as const;
const baseFile = 'BASE_MODEL.gguf';

export function llamaCppRecipe(adapter: AdapterForUse): Recipe {
  const { report, shell } = adapter;
  const reason = whyNotForText(adapter);
  if (reason !== undefined) return refusal(own.runtime, own.title, reason);
  const needsBase = textsNow().recipes.llama.base(baseFile);
  if (report.format === 'gguf')
    return {
      ...own,
      fits: 'yes',
      warnings: [...runtimeNotes(adapter), ...shapeWarnings(adapter), needsBase],
      files: [script('run.sh', [serveLine(adapter, adapter.file, undefined)], shell)],
    };
  const unreadable = whyNotForPeft(adapter);
  if (unreadable !== undefined) return refusal(own.runtime, own.title, unreadable);
  const obstacle = whyToMerge(adapter);
  if (obstacle !== undefined) {
    return {
      ...own,
      fits: 'after-steps',
      warnings: [obstacle, ...baseWarnings(adapter)],
      files: [
        mergeScript(adapter),
        script('run.sh', [...mergeLines(adapter), `llama-server -m ${mergedFile(adapter)}`], shell),
      ],
    };
  }
  return {
    ...own,
    fits: 'after-steps',
    warnings: [textsNow().recipes.llama.convert, ...baseWarnings(adapter), needsBase],
    files: [script('run.sh', convertLines(adapter), shell)],
  };
}

export const mergedFile = (adapter: AdapterForUse): string => `${shortNameOf(adapter)}.gguf`;

/** After them, one file holds base and adapter together. */
export const mergeLines = (adapter: AdapterForUse): string[] => [
  'python merge-adapter.py',
  `python convert_hf_to_gguf.py merged --outfile ${mergedFile(adapter)}`,
];

/** The converter takes pairs of factors with one alpha, from one file. Undefined: it can be converted. */
export function whyToMerge(adapter: AdapterForUse): string | undefined {
  const { report } = adapter;
  const texts = textsNow();
  if (report.isDora) return texts.recipes.llama.dora;
  if (report.wholeWeights.length > 0) return texts.recipes.llama.wholeWeights;
  if (hasMixedAlphas(adapter)) return texts.recipes.llama.alphas;
  if (report.isRankStabilized && hasMixedRanks(adapter)) return texts.recipes.llama.stabilized;
  if (!isPeftFolder(adapter)) return texts.recipes.llama.noFolder;
  return undefined;
}

/** From safetensors, then run. */
export function convertLines(adapter: AdapterForUse): string[] {
  const { folder, shell } = adapter;
  const file = `${shortNameOf(adapter)}-lora.gguf`;
  return [
    convertLine(adapter, file),
    serveLine({ ...adapter, folder, shell }, file, stabilizedScale(adapter)),
  ];
}

export function convertLine(adapter: AdapterForUse, file: string): string {
  const base = baseOf(adapter);
  const from =
    base === unknownBase
      ? ' --base BASE_MODEL_FOLDER'
      : isHubName(base)
        ? ` --base-model-id ${shellQuoted(base, adapter.shell)}`
        : ` --base ${shellQuoted(base, adapter.shell)}`;
  return `python convert_lora_to_gguf.py${from} --outfile ${file} ${shellQuoted(adapter.folder, adapter.shell)}`;
}

/**
 * GGUF means alpha / rank. A rank-stabilized adapter means alpha / √rank, which is √rank times as much. Undefined: it
 * means what it says.
 */
function stabilizedScale({ report }: AdapterForUse): number | undefined {
  return report.isRankStabilized && report.rank !== null ? Math.sqrt(report.rank) : undefined;
}

function serveLine({ shell }: AdapterForUse, file: string, scale: number | undefined): string {
  // A colon parts name and scale, for which reason a whole path of Windows cannot stand here; commas part several adapters.
  const flag =
    scale === undefined
      ? `--lora ${shellQuoted(file, shell)}`
      : `--lora-scaled ${shellQuoted(`${file}:${round(scale)}`, shell)}`;
  return `llama-server -m ${baseFile} ${flag}`;
}

const round = (value: number): string => String(Math.round(value * 1e4) / 1e4);

function runtimeNotes({ report, file }: AdapterForUse): string[] {
  return [
    ...report.notes.flatMap(({ kind, message }) => (kind === 'runtime' ? [inWords(message)] : [])),
    ...(file.includes(',') ? [textsNow().recipes.llama.comma] : []),
  ];
}

export function script(name: string, lines: readonly string[], shell: AdapterForUse['shell']): RecipeFile {
  return {
    name: shell === 'powershell' ? name.replace(/\.sh$/, '.ps1') : name,
    language: 'shell',
    text: commands(lines),
  };
}
