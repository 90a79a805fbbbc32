import type {
  AdapterReport,
  AdapterVerdict,
  CountedValue,
  RefusalReason,
} from '../../../shared/schemas/adapter.ts';
import type { AdapterFormat, Specialization } from '../../../shared/schemas/specialization.ts';
import { numberFormat } from '../../text/formats.ts';
import { formatBytes, formatCount } from '../../text/quantities.ts';

const compact = numberFormat({ notation: 'compact', compactDisplay: 'long', maximumFractionDigits: 1 });
const factor = numberFormat({ maximumSignificantDigits: 3 });

/** "no specializations", "1 specialization", "5,000 specializations" */
export function specializationsInWords(count: number): string {
  if (count === 0) return 'no specializations';
  return count === 1 ? '1 specialization' : `${formatCount(count)} specializations`;
}

/** "41.9 million" */
export const parametersInWords = (count: number): string => compact(count);

const formats: Readonly<Record<AdapterFormat, string>> = {
  safetensors: 'safetensors',
  gguf: 'GGUF',
  pytorch: 'PyTorch',
  other: 'other',
};
export const formatName = (format: AdapterFormat): string => formats[format];

const layouts: Readonly<Record<AdapterReport['layout'], string>> = {
  peft: 'PEFT',
  kohya: 'kohya',
  diffusers: 'Diffusers',
  mlx: 'MLX',
  gguf: 'GGUF',
};

/** "PEFT, in safetensors", "GGUF" */
export function formatInWords({ format, layout, files }: AdapterReport): string {
  const name = format === 'gguf' ? 'GGUF' : `${layouts[layout]}, in ${formats[format]}`;
  return files > 1 ? `${name}, ${formatCount(files)} files` : name;
}

/** Without whoever published it: "Llama-3.1-8B-Instruct". */
export const shortModel = (model: string): string => model.split('/').at(-1) ?? model;

/** "16", "8 to 32" */
export function rangeInWords(values: readonly CountedValue[]): string | undefined {
  const all = values.map(({ value }) => value).toSorted((a, b) => a - b);
  const [least, most] = [all[0], all.at(-1)];
  if (least === undefined || most === undefined) return undefined;
  return least === most ? factor(least) : `${factor(least)} to ${factor(most)}`;
}

/** By how much its changes are multiplied: alpha by rank, or by its root. */
export function scaleInWords({
  alpha,
  rank,
  isRankStabilized,
  ranks,
  alphas,
}: AdapterReport): string | undefined {
  if (alpha === null || rank === null || rank === 0 || ranks.length > 1 || alphas.length > 1)
    return undefined;
  return `× ${factor(alpha / (isRankStabilized ? Math.sqrt(rank) : rank))}`;
}

export function methodInWords({ isDora, isRankStabilized }: AdapterReport): string {
  const method = isDora ? 'DoRA' : 'LoRA';
  return isRankStabilized ? `${method}, rank-stabilised` : method;
}

/** "BF16", "F16 and F32" */
export const dtypesInWords = ({ dtypes }: AdapterReport): string =>
  dtypes.map(({ dtype }) => dtype).join(' and ');

export const sizeInWords = (bytes: number | null): string => (bytes === null ? '–' : formatBytes(bytes));

type Status = Specialization['status'];
const statuses: Readonly<Record<Status, string>> = {
  draft: 'No adapter yet',
  ready: 'Ready',
  missing: 'File missing',
  changed: 'File changed',
  invalid: 'Cannot be read',
};
export const statusInWords = (status: Status): string => statuses[status];
export const isAmiss = (status: Status): boolean =>
  status === 'missing' || status === 'changed' || status === 'invalid';

/** What it is, in a few words; the sentence that comes with it says more, and what to do. */
const refusals: Readonly<Record<RefusalReason, string>> = {
  missing: 'There is nothing there',
  unreadable: 'This cannot be read',
  'special-file': 'This is not a file',
  empty: 'There is nothing in it',
  'too-large': 'This is too large for an adapter',
  'unknown-format': 'This is not an adapter',
  'old-format': 'This is in an old format',
  pickle: 'This file could run programs',
  'full-model': 'This is a whole model, not an adapter',
  'other-method': 'This was made by another method',
  'no-adapter': 'There is no adapter in this folder',
  'several-adapters': 'There are several adapters in this folder',
  incomplete: 'Parts of this adapter are missing',
  'header-beyond-file': 'This file is cut off',
  'header-too-large': 'This file is not to be trusted',
  malformed: 'This file is damaged',
  'duplicate-keys': 'This file is not to be trusted',
  overlapping: 'This file is not to be trusted',
  truncated: 'This file is cut off',
  'wrong-size': 'This file is damaged',
  'path-trick': 'This is not to be trusted',
  'link-outside': 'This leads to somewhere else',
};
export const refusalTitle = (reason: RefusalReason): string => refusals[reason];

const verdicts: Readonly<Record<AdapterVerdict['kind'], string | undefined>> = {
  // Its message says it all.
  fits: undefined,
  likely: 'Probably fits',
  contradicts: 'Does not fit what it says',
  'unknown-shapes': 'Its base model is not known',
  image: undefined,
};
export const verdictTitle = (kind: AdapterVerdict['kind']): string | undefined => verdicts[kind];

/** What all of the map says, for those who do not see it and at a glance for those who do. */
export function mapInWords({ map, modules, ranks }: AdapterReport): string {
  const { layers, targets } = map;
  const ofRank = rangeInWords(ranks);
  const names =
    targets.length <= 4 ? listed(inUsualOrder(targets)) : `${formatCount(targets.length)} kinds of modules`;
  const where = layers.length === 1 ? 'one layer' : `${formatCount(layers.length)} layers`;
  const cells = layers.length * targets.length;
  const filled = map.ranks.filter((rank) => rank > 0).length;
  const extent = filled === cells ? `in each of ${where}` : `in ${where}, not everywhere`;
  return `${formatCount(modules)} ${modules === 1 ? 'module' : 'modules'}${
    ofRank === undefined ? '' : ` of rank ${ofRank}`
  }: ${names} ${extent}.${map.isCut ? ' There is more than is drawn.' : ''}`;
}

/** In the order in which a layer uses them, those nobody knows at the end. */
const usualTargets = [
  'q_proj',
  'k_proj',
  'v_proj',
  'qkv_proj',
  'o_proj',
  'gate_proj',
  'up_proj',
  'gate_up_proj',
  'down_proj',
];

export function inUsualOrder(targets: readonly string[]): string[] {
  const place = (target: string): number => {
    const at = usualTargets.indexOf(target);
    return at < 0 ? usualTargets.length : at;
  };
  return targets.toSorted((a, b) => place(a) - place(b));
}

/** "q k v o gate up down" */
export const shortTargets = (targets: readonly string[]): string =>
  inUsualOrder(targets)
    .map((target) => target.replace(/_proj$/, ''))
    .join(' ');

/** "q_proj, k_proj and v_proj" */
export function listed(names: readonly string[]): string {
  if (names.length < 2) return names[0] ?? '';
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
