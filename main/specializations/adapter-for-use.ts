import { textsNow } from '../../shared/texts/index.ts';
import { inWords } from '../../shared/texts/told.ts';
import type { AdapterReport } from '../../shared/schemas/adapter.ts';
import type { Recipe, RecipeFile, Runtime } from '../../shared/schemas/specialization-use.ts';

/** What a recipe needs to know of an adapter. */
export interface AdapterForUse {
  /** Of the specialization. */
  readonly name: string;
  readonly report: AdapterReport;
  /** Where its weights are; the first, where there are several. */
  readonly file: string;
  /** The folder they are in. */
  readonly folder: string;
  /** Of the files with its weights. */
  readonly fileNames: readonly string[];
  /** There is an `adapter_config.json` beside them. */
  readonly hasConfig: boolean;
  /** As its configuration has it: often a path on somebody's computer. */
  readonly baseModel: string | null;
  /** For which shell commands are written. */
  readonly shell: 'posix' | 'powershell';
}

/** Stands where a person has to put something in. */
export const unknownBase = 'BASE_MODEL';

/** What to load the base model by: its name on a hub, or where it lies. */
export function baseOf({ baseModel, report }: AdapterForUse): string {
  const given = baseModel?.trim() || (report.baseModel ?? unknownBase);
  // It comes out of a file: a command would take it for one of its options.
  return given.startsWith('-') ? unknownBase : given;
}

export function baseWarnings(adapter: AdapterForUse): string[] {
  const base = baseOf(adapter);
  const isOdd = base !== unknownBase && !isHubName(base) && !isPath(base);
  return [
    ...unnamedWarnings(adapter),
    ...(isOdd ? [textsNow().recipes.oddBase(base)] : []),
    ...shapeWarnings(adapter),
  ];
}

export function unnamedWarnings(adapter: AdapterForUse): string[] {
  return baseOf(adapter) === unknownBase ? [textsNow().recipes.noBase(unknownBase)] : [];
}

export function shapeWarnings({ report: { verdict } }: AdapterForUse): string[] {
  return verdict.kind === 'contradicts' ? [inWords(verdict.message)] : [];
}

export const isHubName = (name: string): boolean =>
  /^[\w.-]+\/[\w.-]+$/.test(name) && !/^\.{1,2}\//.test(name);
const isPath = (name: string): boolean => /^(?:[./~\\]|[A-Za-z]:[\\/])/.test(name);

/** One word for servers and file names. */
export function shortNameOf({ name, report }: Pick<AdapterForUse, 'name' | 'report'>): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}+/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60);
  return plain === '' ? `adapter-${report.rank ?? 0}` : plain;
}

/** As an argument of a command, whatever is in it. */
export function shellQuoted(text: string, shell: AdapterForUse['shell']): string {
  if (/^[\w./:=@%+-]+$/.test(text) && !(shell === 'powershell' && /[@%]/.test(text))) return text;
  return shell === 'posix'
    ? `'${text.replaceAll("'", String.raw`'\''`)}'`
    : `'${text.replaceAll("'", "''")}'`;
}

/** As a text in Python. */
export const pythonQuoted = (text: string): string => JSON.stringify(text);

/** Each on a line of its own. */
export function commands(lines: readonly string[]): RecipeFile['text'] {
  return `${lines.join('\n')}\n`;
}

/** What PEFT reads as it is: a folder with a configuration, and the weights in one file of the usual name. */
export function isPeftFolder({ hasConfig, fileNames, report }: AdapterForUse): boolean {
  return (
    report.layout === 'peft' &&
    hasConfig &&
    fileNames.length === 1 &&
    fileNames[0] === 'adapter_model.safetensors'
  );
}

export const hasMixedRanks = ({ report }: AdapterForUse): boolean => report.ranks.length > 1;
export const hasMixedAlphas = ({ report }: AdapterForUse): boolean => report.alphas.length > 1;

export function refusal(runtime: Runtime, title: string, warning: string): Recipe {
  return { runtime, title, fits: 'no', warnings: [warning], files: [] };
}

/** For images, or for nothing but a few tools. Undefined: language models take it. */
export function whyNotForText({ report }: AdapterForUse): string | undefined {
  if (report.purpose === 'image') return textsNow().recipes.forImages;
  if (report.layout === 'kohya' || report.layout === 'diffusers') return textsNow().recipes.imageNames;
  return undefined;
}
