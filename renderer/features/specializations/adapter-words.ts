import { textsNow } from '../../../shared/texts/index.ts';
import type {
  AdapterReport,
  AdapterVerdict,
  CountedValue,
  RefusalReason,
} from '../../../shared/schemas/adapter.ts';
import type { AdapterFormat, Specialization } from '../../../shared/schemas/specialization.ts';
import { numberFormat } from '../../text/formats.ts';
import { formatBytes } from '../../text/quantities.ts';

const compact = numberFormat({ notation: 'compact', compactDisplay: 'long', maximumFractionDigits: 1 });
const factor = numberFormat({ maximumSignificantDigits: 3 });

/** "no specializations", "1 specialization", "5,000 specializations" */
export const specializationsInWords = (count: number): string => textsNow().specializations.some(count);

/** "41.9 million" */
export const parametersInWords = (count: number): string => compact(count);

const formats: Readonly<Partial<Record<AdapterFormat, string>>> = {
  safetensors: 'safetensors',
  gguf: 'GGUF',
  pytorch: 'PyTorch',
};
export const formatName = (format: AdapterFormat): string =>
  formats[format] ?? textsNow().specializations.words.otherFormat;

const layouts: Readonly<Record<AdapterReport['layout'], string>> = {
  peft: 'PEFT',
  kohya: 'kohya',
  diffusers: 'Diffusers',
  mlx: 'MLX',
  gguf: 'GGUF',
};

/** "PEFT, in safetensors", "GGUF" */
export function formatInWords({ format, layout, files }: AdapterReport): string {
  const name =
    format === 'gguf'
      ? 'GGUF'
      : textsNow().specializations.words.inFormat(layouts[layout], formatName(format));
  return files > 1 ? textsNow().specializations.words.files(name, files) : name;
}

/** Without whoever published it: "Llama-3.1-8B-Instruct". */
export const shortModel = (model: string): string => model.split('/').at(-1) ?? model;

/** "16", "8 to 32" */
export function rangeInWords(values: readonly CountedValue[]): string | undefined {
  const all = values.map(({ value }) => value).toSorted((a, b) => a - b);
  const [least, most] = [all[0], all.at(-1)];
  if (least === undefined || most === undefined) return undefined;
  return least === most ? factor(least) : textsNow().specializations.words.range(factor(least), factor(most));
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
  return isRankStabilized ? textsNow().specializations.words.stabilised(method) : method;
}

/** "BF16", "F16 and F32" */
export const dtypesInWords = ({ dtypes }: AdapterReport): string => listed(dtypes.map(({ dtype }) => dtype));

export const sizeInWords = (bytes: number | null): string => (bytes === null ? '–' : formatBytes(bytes));

type Status = Specialization['status'];
export const statusInWords = (status: Status): string => textsNow().specializations.statuses[status];
export const isAmiss = (status: Status): boolean =>
  status === 'missing' || status === 'changed' || status === 'invalid';

/** What it is, in a few words; the sentence that comes with it says more, and what to do. */
export const refusalTitle = (reason: RefusalReason): string => textsNow().specializations.refusals[reason];

/** Where its message says it all, there is none. */
export const verdictTitle = (kind: AdapterVerdict['kind']): string | undefined =>
  kind === 'fits' || kind === 'image' ? undefined : textsNow().specializations.verdicts[kind];

/** What all of the map says, for those who do not see it and at a glance for those who do. */
export function mapInWords({ map, modules, ranks }: AdapterReport): string {
  const { layers, targets } = map;
  const ofRank = rangeInWords(ranks);
  const names =
    targets.length <= 4
      ? listed(inUsualOrder(targets))
      : textsNow().specializations.words.kindsOfModules(targets.length);
  const filled = map.ranks.filter((rank) => rank > 0).length;
  const isEverywhere = filled === layers.length * targets.length;
  const said = textsNow().specializations.words.reach(
    modules,
    ofRank ?? '',
    names,
    layers.length,
    isEverywhere,
  );
  return map.isCut ? `${said} ${textsNow().specializations.words.cut}` : said;
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
export const listed = (names: readonly string[]): string => textsNow().specializations.words.list(names);
