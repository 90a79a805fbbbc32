import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { electronDir, root } from '../scripts/places.mjs';

/** What a file in this folder exports. */
export interface Benchmark {
  run(args: string[]): Promise<void>;
}

export type Row = Readonly<Record<string, string | number | boolean>>;

export interface Report {
  readonly title: string;
  readonly tables: Readonly<Record<string, readonly Row[]>>;
}

/** A table for people, or with --json one object on stdout that holds the same figures. */
export function printReport(args: readonly string[], { title, tables }: Report): void {
  const machine = describeMachine();
  const versions = findVersions();
  if (args.includes('--json')) {
    const rounded = Object.entries(tables).map(([name, rows]) => [name, rows.map(roundRow)] as const);
    console.log(JSON.stringify({ title, tables: Object.fromEntries(rounded), machine, versions }, null, 2));
    return;
  }
  console.log(`${title}\n`);
  for (const [name, rows] of Object.entries(tables)) console.log(`${name}\n${formatTable(rows)}\n`);
  console.log(listFacts(machine));
  console.log(listFacts(versions));
}

/** For what a benchmark says while it runs: stdout belongs to the report. */
export function progress(text: string): void {
  process.stderr.write(`${text}\n`);
}

export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** Interpolates between the two nearest values. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = ((sorted.length - 1) * percent) / 100;
  const below = sorted[Math.floor(place)];
  const above = sorted[Math.ceil(place)];
  if (below === undefined || above === undefined) throw new Error('There is no percentile of nothing.');
  return below + (above - below) * (place - Math.floor(place));
}

/** The value after `--name`. */
export function option(args: readonly string[], name: string): string | undefined {
  const at = args.indexOf(`--${name}`);
  return at < 0 ? undefined : args[at + 1];
}

/** The number after `--name`. */
export function wholeNumber(args: readonly string[], name: string, usual: number): number {
  const given = option(args, name);
  const number = given === undefined ? usual : Number(given);
  if (!Number.isSafeInteger(number) || number < 0) throw new Error(`--${name} takes a whole number.`);
  return number;
}

function formatTable(rows: readonly Row[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = rows.map((row) => columns.map((column) => formatCell(row[column])));
  const widths = columns.map((column, i) =>
    Math.max(column.length, ...lines.map((cells) => (cells[i] ?? '').length)),
  );
  const isText = columns.map((column) => rows.every((row) => typeof row[column] !== 'number'));
  const format = (cells: readonly string[]) =>
    cells
      .map((cell, i) => (isText[i] ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd();
  return ['', format(columns), format(widths.map((width) => '-'.repeat(width))), ...lines.map(format)]
    .map((line) => `  ${line}`.trimEnd())
    .join('\n');
}

function formatCell(value: Row[string] | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'number' ? String(round(value)) : value;
}

function roundRow(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => [key, typeof value === 'number' ? round(value) : value]),
  );
}

/** Four digits that mean something. */
function round(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(4));
}

function describeMachine() {
  return {
    cpu: os.cpus()[0]?.model.trim() ?? 'unknown',
    cores: os.availableParallelism(),
    memoryGigabytes: Math.round(os.totalmem() / 2 ** 30),
    os: `${os.type()} ${os.release()} ${os.arch()}`,
    /** Above the number of cores, other work was slowing this one down. */
    loadAverage: os.loadavg()[0] ?? 0,
  };
}

function findVersions() {
  return {
    loci: packageVersion('.') ?? 'unknown',
    commit: currentCommit(),
    node: process.versions.node,
    ...optional('electron', readText(path.join(electronDir, 'version'))),
    ...optional('transformers', packageVersion('node_modules/@xenova/transformers')),
    ...optional('onnxruntime', packageVersion('node_modules/onnxruntime-node')),
  };
}

function currentCommit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}

function packageVersion(folder: string): string | undefined {
  const text = readText(path.join(root, folder, 'package.json'));
  const parsed: unknown = text === undefined ? undefined : JSON.parse(text);
  if (typeof parsed !== 'object' || parsed === null || !('version' in parsed)) return undefined;
  return String(parsed.version);
}

function readText(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}

function optional(name: string, value: string | undefined): Record<string, string> {
  return value === undefined ? {} : { [name]: value };
}

function listFacts(facts: Readonly<Record<string, string | number>>): string {
  return Object.entries(facts)
    .map(([name, value]) => `${name} ${formatCell(value)}`)
    .join(' · ');
}
